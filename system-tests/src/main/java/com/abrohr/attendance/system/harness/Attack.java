package com.abrohr.attendance.system.harness;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many connections that want to fill a server's memory, each held until the attack is closed. What
 * the server refuses is no failure of the attack.
 */
public final class Attack implements AutoCloseable {

    private static final int AT_ONCE = 100;
    private static final String HOST = "Host: 127.0.0.1\r\n";

    private final URI target;
    private final Collection<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile CountDownLatch done = new CountDownLatch(0);
    private volatile boolean over;

    private Attack(URI target) {
        this.target = target;
    }

    /** WebSockets that each begin a message and never end it, and show no token. */
    public static Attack unfinishedMessages(URI target, int connections) {
        byte[] payload = "漢".repeat(65_000).getBytes(StandardCharsets.UTF_8);
        byte[] begun = frame(0x01, payload);
        return new Attack(target)
                .begin(connections, attack -> attack.webSocket().getOutputStream().write(begun));
    }

    /** POSTs that lack their last bytes, each to a session of its own. */
    public static Attack slowPosts(URI target, int connections) {
        byte[] body = "x".repeat(65_000).getBytes(StandardCharsets.US_ASCII);
        return new Attack(target)
                .begin(
                        connections,
                        attack -> {
                            String sid = attack.pollingSession();
                            OutputStream out = attack.connected().getOutputStream();
                            out.write(
                                    ascii(
                                            "POST /socket.io/?EIO=4&transport=polling&sid="
                                                    + sid
                                                    + " HTTP/1.1\r\n"
                                                    + HOST
                                                    + "Content-Type: text/plain\r\n"
                                                    + "Content-Length: 65536\r\n\r\n"));
                            out.write(body);
                        });
    }

    /** Requests whose headers do not end. */
    public static Attack partialHeaders(URI target, int connections) {
        byte[] begun = ascii("GET / HTTP/1.1\r\n" + HOST + "X-Much: " + "x".repeat(7_400) + "\r\n");
        return new Attack(target)
                .begin(connections, attack -> attack.connected().getOutputStream().write(begun));
    }

    /**
     * Sockets of one person that ask for long answers and read none.
     *
     * @param event a Socket.IO packet, sent so many times by each
     */
    public static Attack unreadAnswers(
            URI target, int connections, String token, String event, int times) {
        byte[] join = frame(0x81, ascii("40{\"token\":\"" + token + "\"}"));
        byte[] ask = frame(0x81, event.getBytes(StandardCharsets.UTF_8));
        return new Attack(target)
                .begin(
                        connections,
                        attack -> {
                            OutputStream out = attack.webSocket().getOutputStream();
                            out.write(join);
                            for (int i = 0; i < times; i++) {
                                out.write(ask);
                            }
                        });
    }

    @FunctionalInterface
    private interface Step {
        void take(Attack attack) throws IOException;
    }

    private Attack begin(int connections, Step step) {
        var places = new Semaphore(AT_ONCE);
        var ended = new CountDownLatch(connections);
        done = ended;
        Thread.ofVirtual()
                .start(
                        () -> {
                            for (int i = 0; i < connections && !over; i++) {
                                places.acquireUninterruptibly();
                                Thread.ofVirtual()
                                        .start(
                                                () -> {
                                                    try {
                                                        step.take(this);
                                                        opened.incrementAndGet();
                                                    } catch (IOException e) {
                                                        // Refused.
                                                    } finally {
                                                        places.release();
                                                        ended.countDown();
                                                    }
                                                });
                            }
                        });
        return this;
    }

    /** Waits until every connection has done its part or was refused. */
    public Attack await(Duration limit) {
        try {
            if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the attack has not ended after " + limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return this;
    }

    /** Connections that have done their part. */
    public int opened() {
        return opened.get();
    }

    private Socket connected() throws IOException {
        var socket = new Socket(target.getHost(), target.getPort());
        // So that one that is stuck does not hold up the others.
        socket.setSoTimeout(5_000);
        sockets.add(socket);
        if (over) {
            socket.close();
        }
        return socket;
    }

    private Socket webSocket() throws IOException {
        Socket socket = connected();
        socket.setReceiveBufferSize(4_096);
        socket.getOutputStream()
                .write(
                        ascii(
                                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
                                        + HOST
                                        + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                        + "Sec-WebSocket-Version: 13\r\n"
                                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        head(new DataInputStream(socket.getInputStream()));
        return socket;
    }

    private String pollingSession() throws IOException {
        try (var socket = new Socket(target.getHost(), target.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(
                            ascii(
                                    "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n"
                                            + HOST
                                            + "Connection: close\r\n\r\n"));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int at = answer.indexOf("\"sid\":\"");
            if (at < 0) {
                throw new IOException("refused");
            }
            return answer.substring(at + 7, answer.indexOf('"', at + 7));
        }
    }

    private static void head(DataInputStream in) throws IOException {
        int matched = 0;
        var first = new StringBuilder();
        while (matched < 4) {
            int next = in.readUnsignedByte();
            if (first.length() < 12) {
                first.append((char) next);
            }
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        if (!first.toString().endsWith("101")) {
            throw new IOException("refused: " + first);
        }
    }

    /** A client's frame, masked with zeros. */
    private static byte[] frame(int firstByte, byte[] payload) {
        int extension = payload.length < 126 ? 0 : payload.length < 1 << 16 ? 2 : 8;
        var frame = ByteBuffer.allocate(2 + extension + 4 + payload.length);
        frame.put((byte) firstByte);
        switch (extension) {
            case 0 -> frame.put((byte) (0x80 | payload.length));
            case 2 -> frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
            default -> frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        return frame.putInt(0).put(payload).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        over = true;
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // It was closed already.
            }
        }
    }
}
