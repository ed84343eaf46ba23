package com.abrohr.attendance.system.harness;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A WebSocket that says exactly what it is told: for what no client library would send, and for
 * measuring without one.
 */
public final class RawSocket implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final WebSocket socket;
    private final List<String> frames = new ArrayList<>();
    private final Consumer<String> listener;
    private final Object sends = new Object();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    private boolean closed;
    private volatile int closeCode = 1006;

    private RawSocket(URI base, Consumer<String> listener) {
        this.listener = listener;
        URI address =
                URI.create(
                        base.toString().replaceFirst("^http", "ws")
                                + "/socket.io/?EIO=4&transport=websocket");
        socket =
                HTTP.newWebSocketBuilder()
                        .connectTimeout(Duration.ofSeconds(10))
                        .buildAsync(address, new Listener())
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join();
    }

    /** The transport alone: no namespace is asked for yet. */
    public static RawSocket open(URI base) {
        return new RawSocket(base, frame -> {});
    }

    /** Connected to the main namespace with a token that the server takes. */
    public static RawSocket connect(URI base, String token) {
        return connect(base, token, frame -> {});
    }

    /**
     * @param listener told of every frame on the socket's thread, so it must be quick
     */
    public static RawSocket connect(URI base, String token, Consumer<String> listener) {
        var raw = new RawSocket(base, listener);
        raw.send("40" + JSON.writeValueAsString(Map.of("token", token)));
        String answer = raw.await(frame -> frame.startsWith("4"), Duration.ofSeconds(10));
        if (!answer.startsWith("40")) {
            throw new IllegalStateException("refused: " + answer);
        }
        return raw;
    }

    /** One frame after the other: the client of the JDK refuses a second while one is under way. */
    public CompletableFuture<?> sendAsync(String frame) {
        synchronized (sends) {
            last =
                    last.handle((sent, failure) -> frame)
                            .thenCompose(text -> socket.sendText(text, true));
            return last;
        }
    }

    public void sendBinary(byte[] bytes) {
        synchronized (sends) {
            last =
                    last.handle((sent, failure) -> bytes)
                            .thenCompose(all -> socket.sendBinary(ByteBuffer.wrap(all), true));
        }
    }

    public void send(String frame) {
        sendAsync(frame).orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** The first frame that fits, heard already or in time. */
    public String await(Predicate<String> fits, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (frames) {
            int seen = 0;
            while (true) {
                for (; seen < frames.size(); seen++) {
                    if (fits.test(frames.get(seen))) {
                        return frames.get(seen);
                    }
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0 || closed) {
                    throw new AssertionError(
                            "no such frame" + (closed ? ", closed" : "") + "; heard " + frames);
                }
                waitFor(left);
            }
        }
    }

    public List<String> frames() {
        synchronized (frames) {
            return List.copyOf(frames);
        }
    }

    /** Drops the frames heard so far, as a long measurement must. */
    public void forget() {
        synchronized (frames) {
            frames.clear();
        }
    }

    public boolean isClosed() {
        synchronized (frames) {
            return closed;
        }
    }

    /** Waits for the close frame: its number. */
    public int awaitCloseCode(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (frames) {
            while (!closed) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("not closed in " + limit);
                }
                waitFor(left);
            }
            return closeCode;
        }
    }

    private void waitFor(long millis) {
        try {
            frames.wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                String frame = partial.toString();
                partial.setLength(0);
                if (frame.equals("2")) {
                    sendAsync("3");
                } else {
                    listener.accept(frame);
                    synchronized (frames) {
                        frames.add(frame);
                        frames.notifyAll();
                    }
                }
            }
            webSocket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closeCode = statusCode;
            ended();
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            ended();
        }

        private void ended() {
            synchronized (frames) {
                closed = true;
                frames.notifyAll();
            }
        }
    }
}
