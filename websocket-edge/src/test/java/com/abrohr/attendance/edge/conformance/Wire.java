package com.abrohr.attendance.edge.conformance;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A bare WebSocket: what arrives, in order. */
final class Wire implements WebSocket.Listener, AutoCloseable {

    record Closed(int code, String reason) {}

    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private byte[] binary = new byte[0];
    private boolean answersPings = true;
    private WebSocket socket;

    static Wire to(URI uri) {
        return to(uri, null);
    }

    /** Throws CompletionException when the handshake is refused. */
    static Wire to(URI uri, String origin) {
        return with(origin == null ? Map.of() : Map.of("Origin", origin), uri);
    }

    static Wire with(Map<String, String> headers, URI uri) {
        Wire wire = new Wire();
        WebSocket.Builder builder = Http.CLIENT.newWebSocketBuilder();
        headers.forEach(builder::header);
        wire.socket = builder.buildAsync(uri, wire).join();
        return wire;
    }

    /** The test looks at the heartbeat itself. */
    Wire ignoringPings() {
        answersPings = false;
        return this;
    }

    Wire send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    Wire sendInParts(String message, int size) {
        for (int from = 0; from < message.length(); from += size) {
            int to = Math.min(message.length(), from + size);
            socket.sendText(message.substring(from, to), to == message.length()).join();
        }
        return this;
    }

    Wire send(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
        return this;
    }

    /** The next message that is not part of the heartbeat. */
    String text() {
        Object next = next();
        if (!(next instanceof String message)) {
            throw new AssertionError("no text: " + next);
        }
        return message;
    }

    byte[] binary() {
        Object next = next();
        if (!(next instanceof byte[] message)) {
            throw new AssertionError("no binary: " + next);
        }
        return message;
    }

    private Object next() {
        try {
            Object next = arrived.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing arrived");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether everything that came has been looked at; of use when the socket is closed. */
    boolean arrivedNothing() {
        return arrived.isEmpty();
    }

    Closed awaitClose() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        webSocket.request(Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            if (answersPings && message.equals("2")) {
                return from.sendText("3", true);
            }
            arrived.add(message);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        int before = binary.length;
        binary = Arrays.copyOf(binary, before + part.remaining());
        part.get(binary, before, binary.length - before);
        if (last) {
            arrived.add(binary);
            binary = new byte[0];
        }
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(new Closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(new CompletionException(error));
    }

    @Override
    public void close() {
        socket.abort();
    }
}
