package com.abrohr.attendance.load;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A Socket.IO client over WebSocket that needs next to nothing beside its socket: thousands of them
 * share a small driver, on virtual threads. For a server that is trusted to keep the protocol.
 */
final class LeanSocket implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Socket socket;
    private final InputStream in;
    private final long connectNanos;
    private volatile boolean closed;

    /**
     * Opens the connection and is let into the main namespace; blocks until then.
     *
     * @param listener told of every event's and acknowledgement's frame, on the socket's own thread
     * @throws IOException when the server refuses or does not answer in time
     */
    LeanSocket(URI server, String token, Consumer<String> listener) throws IOException {
        long start = System.nanoTime();
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), 1024);
            upgrade(server);
            expect("0");
            send("40{\"token\":\"" + token + "\"}");
            expect("40");
            connectNanos = System.nanoTime() - start;
            socket.setSoTimeout(0);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        Thread.ofVirtual().name("socket").start(() -> read(listener));
    }

    /** From the connect of TCP to the answer of Socket.IO's CONNECT. */
    long connectNanos() {
        return connectNanos;
    }

    boolean isClosed() {
        return closed;
    }

    private void upgrade(URI server) throws IOException {
        byte[] key = new byte[16];
        ThreadLocalRandom.current().nextBytes(key);
        write(
                ("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: "
                                + server.getAuthority()
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                                + Base64.getEncoder().encodeToString(key)
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
            head.append((char) readByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + head);
        }
    }

    private void expect(String start) throws IOException {
        String frame = readFrame();
        if (frame == null || !frame.startsWith(start)) {
            throw new IOException("refused: " + frame);
        }
    }

    private void read(Consumer<String> listener) {
        try {
            for (String frame = readFrame(); frame != null; frame = readFrame()) {
                if (frame.equals("2")) {
                    send("3");
                } else {
                    listener.accept(frame);
                }
            }
        } catch (IOException | UncheckedIOException ended) {
            // Told by isClosed.
        } finally {
            closed = true;
        }
    }

    /** The next text, or null when the server closes. */
    private @Nullable String readFrame() throws IOException {
        StringBuilder text = null;
        while (true) {
            int first = readByte();
            byte[] payload = in.readNBytes(length());
            switch (first & 0x0f) {
                case CLOSE -> {
                    return null;
                }
                case PING -> writeFrame(PONG, payload);
                case PONG -> {}
                default -> {
                    String part = new String(payload, StandardCharsets.UTF_8);
                    if (text == null && (first & 0x80) != 0) {
                        return part;
                    }
                    text = (text == null ? new StringBuilder() : text).append(part);
                    if ((first & 0x80) != 0) {
                        return text.toString();
                    }
                }
            }
        }
    }

    private int length() throws IOException {
        int length = readByte();
        if (length < 126) {
            return length;
        }
        int bytes = length == 126 ? 2 : 8;
        long extended = 0;
        for (int i = 0; i < bytes; i++) {
            extended = extended << 8 | readByte();
        }
        return Math.toIntExact(extended);
    }

    private int readByte() throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new EOFException("the server is gone");
        }
        return read;
    }

    /** A short text; never waits as long as the server reads. */
    void send(String text) {
        try {
            writeFrame(TEXT, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeFrame(int opcode, byte[] payload) throws IOException {
        int head = payload.length < 126 ? 6 : 8;
        if (payload.length > 0xffff) {
            throw new IllegalArgumentException("only short texts are sent here");
        }
        byte[] frame = new byte[head + payload.length];
        frame[0] = (byte) (0x80 | opcode);
        if (head == 6) {
            frame[1] = (byte) (0x80 | payload.length);
        } else {
            frame[1] = (byte) (0x80 | 126);
            frame[2] = (byte) (payload.length >> 8);
            frame[3] = (byte) payload.length;
        }
        int mask = ThreadLocalRandom.current().nextInt();
        for (int i = 0; i < 4; i++) {
            frame[head - 4 + i] = (byte) (mask >> 8 * i);
        }
        for (int i = 0; i < payload.length; i++) {
            frame[head + i] = (byte) (payload[i] ^ frame[head - 4 + i % 4]);
        }
        write(frame);
    }

    private void write(byte[] bytes) throws IOException {
        synchronized (socket) {
            socket.getOutputStream().write(bytes);
        }
    }

    /** As a lost network: nobody says goodbye. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It was closed already.
        }
    }
}
