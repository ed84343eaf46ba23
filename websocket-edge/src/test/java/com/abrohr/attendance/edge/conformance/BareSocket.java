package com.abrohr.attendance.edge.conformance;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket client that may do what no proper one does: send frames of any kind, and read only
 * when the test wants it.
 */
final class BareSocket implements AutoCloseable {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;
    static final int LAST = 0x80;
    static final int COMPRESSED = 0x40;

    /** A frame's first byte and its payload; null for the end of the stream. */
    record OutboundEvent(int head, byte[] payload) {

        int closeCode() {
            return ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** Done with its handshake; of what follows it has read nothing. */
    BareSocket(int port, String path, int receiveBuffer) throws IOException {
        this(port, path, receiveBuffer, new byte[0]);
    }

    /**
     * @param early sent together with the handshake
     */
    BareSocket(int port, String path, int receiveBuffer, byte[] early) throws IOException {
        this(new Socket(), port, path, receiveBuffer, early);
    }

    /**
     * @param socket not connected yet
     */
    BareSocket(Socket socket, int port, String path, int receiveBuffer, byte[] early)
            throws IOException {
        this.socket = socket;
        if (receiveBuffer > 0) {
            // Before connecting, or it does not bound the window.
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress("localhost", port));
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        String request =
                """
                GET %s HTTP/1.1
                Host: localhost
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits

                """
                        .formatted(path);
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        first.writeBytes(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        first.writeBytes(early);
        out.write(first.toByteArray());
        head = readHead();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException(head);
        }
    }

    /** The server's answer to the handshake. */
    final String head;

    private String readHead() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            read.write(next);
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    void send(String text) throws IOException {
        send(LAST | TEXT, text.getBytes(StandardCharsets.UTF_8), true);
    }

    void send(int head, byte[] payload) throws IOException {
        send(head, payload, true);
    }

    void sendUnmasked(String text) throws IOException {
        send(LAST | TEXT, text.getBytes(StandardCharsets.UTF_8), false);
    }

    /** Bytes as they are. */
    void sendRaw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    private void send(int head, byte[] payload, boolean masked) throws IOException {
        out.write(frame(head, payload, masked));
    }

    static byte[] frame(int head, byte[] payload, boolean masked) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(head);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            frame.write(mask | payload.length);
        } else {
            frame.write(mask | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        if (masked) {
            // A mask of zeros leaves the payload as it is.
            frame.writeBytes(new byte[4]);
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** The next frame, null at the end of the stream. */
    OutboundEvent read() throws IOException {
        int head = in.read();
        if (head < 0) {
            return null;
        }
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new OutboundEvent(head, payload);
    }

    /** The next frame of this kind. */
    OutboundEvent read(int opcode) throws IOException {
        for (OutboundEvent frame = read(); frame != null; frame = read()) {
            if ((frame.head & 0xf) == opcode) {
                return frame;
            }
        }
        throw new IOException("the stream ended before a frame of kind " + opcode);
    }

    /**
     * The next text that is not part of the heartbeat, which is answered; of a long one the first
     * fragment.
     */
    String nextText() throws IOException {
        String text = read(TEXT).text();
        while (text.equals("2")) {
            send("3");
            text = read(TEXT).text();
        }
        return text;
    }

    /** How many texts come until the stream ends, in whatever way. */
    int countTexts() {
        int texts = 0;
        try {
            for (OutboundEvent frame = read(); frame != null; frame = read()) {
                texts += (frame.head & 0xf) == TEXT ? 1 : 0;
            }
        } catch (IOException e) {
            // The end of a connection that was broken off.
        }
        return texts;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
