package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.util.Base64;

/**
 * One packet on its way out: text that starts with the packet's type digit, or the bytes of a
 * binary message.
 */
final class EnginePacket {

    static final EnginePacket CLOSE = new EnginePacket("1", null, 1);
    static final EnginePacket PING = new EnginePacket("2", null, 1);
    static final EnginePacket PROBE_PONG = new EnginePacket("3probe", null, 6);
    static final EnginePacket NOOP = new EnginePacket("6", null, 1);

    private final @Nullable String text;
    private final byte @Nullable [] binary;
    private final int bytes;

    private EnginePacket(@Nullable String text, byte @Nullable [] binary, int bytes) {
        this.text = text;
        this.binary = binary;
        this.bytes = bytes;
    }

    static EnginePacket text(char type, String data) {
        String text = type + OutboundMessage.wellFormed(data);
        return new EnginePacket(text, null, OutboundMessage.utf8Length(text));
    }

    static EnginePacket binary(byte[] data) {
        return new EnginePacket(null, data, data.length);
    }

    @Nullable String text() {
        return text;
    }

    byte @Nullable [] binary() {
        return binary;
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
