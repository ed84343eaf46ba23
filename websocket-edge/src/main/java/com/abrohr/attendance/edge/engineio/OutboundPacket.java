package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Objects;

/**
 * One packet on its way out: text that starts with the packet's type digit, or the bytes of a
 * binary message.
 */
final class OutboundPacket {
    static final OutboundPacket CLOSE = new OutboundPacket("1", null, 1);
    static final OutboundPacket PING = new OutboundPacket("2", null, 1);
    static final OutboundPacket PROBE_PONG = new OutboundPacket("3probe", null, 6);
    static final OutboundPacket NOOP = new OutboundPacket("6", null, 1);

    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;

    private final @Nullable String text;
    private final byte @Nullable [] binary;
    private final int bytes;

    private volatile byte @Nullable [] frame;

    private OutboundPacket(@Nullable String text, byte @Nullable [] binary, int bytes) {
        this.text = text;
        this.binary = binary;
        this.bytes = bytes;
    }

    static OutboundPacket text(char type, String data) {
        String text = type + OutboundMessage.toWellFormed(data);
        return new OutboundPacket(text, null, OutboundMessage.utf8Length(text));
    }

    static OutboundPacket binary(byte[] data) {
        return new OutboundPacket(null, data, data.length);
    }

    /**
     * The packet as one unmasked WebSocket frame (RFC 6455, 5.2), encoded once and shared by all
     * sockets that it is sent to. Not to be modified.
     */
    byte[] frame() {
        byte[] known = frame;
        if (known == null) {
            known =
                    text == null
                            ? framed(FINAL_BINARY, Objects.requireNonNull(binary))
                            : framed(FINAL_TEXT, OutboundMessage.utf8(text));
            frame = known;
        }
        return known;
    }

    private static byte[] framed(int firstByte, byte[] payload) {
        int length = payload.length;
        int extension = length < 126 ? 0 : length < 1 << 16 ? Short.BYTES : Long.BYTES;
        ByteBuffer frame = ByteBuffer.allocate(2 + extension + length);
        frame.put((byte) firstByte);
        switch (extension) {
            case 0 -> frame.put((byte) length);
            case Short.BYTES -> frame.put((byte) 126).putShort((short) length);
            default -> frame.put((byte) 127).putLong(length);
        }
        return frame.put(payload).array();
    }

    int bytes() {
        return bytes;
    }

    /** As it goes into a polling payload. */
    void appendTo(StringBuilder payload) {
        if (binary != null) {
            payload.append('b').append(Base64.getEncoder().encodeToString(binary));
        } else {
            payload.append(text);
        }
    }
}
