package com.abrohr.attendance.edge.engineio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text message, with the binary messages that must follow it directly; encoded once and shared by
 * every connection that it is sent to.
 */
public final class OutboundMessage {
    private final List<OutboundPacket> packets;
    private final int bytes;

    /** Two queues that see it false at the same time are charged both. */
    private boolean claimed;

    private OutboundMessage(List<OutboundPacket> packets) {
        this.packets = packets;
        this.bytes = packets.stream().mapToInt(OutboundPacket::bytes).sum();
    }

    public static OutboundMessage of(String text) {
        return new OutboundMessage(List.of(OutboundPacket.text('4', text)));
    }

    public static OutboundMessage of(byte[] binary) {
        return new OutboundMessage(List.of(OutboundPacket.binary(binary)));
    }

    public static OutboundMessage of(String text, List<byte[]> attachments) {
        if (attachments.isEmpty()) {
            return of(text);
        }
        List<OutboundPacket> packets = new ArrayList<>(attachments.size() + 1);
        packets.add(OutboundPacket.text('4', text));
        attachments.forEach(attachment -> packets.add(OutboundPacket.binary(attachment)));
        return new OutboundMessage(List.copyOf(packets));
    }

    List<OutboundPacket> packets() {
        return packets;
    }

    /** Bytes that it occupies in a client's queue. */
    int bytes() {
        return bytes;
    }

    /** True for the first queue that it enters: the bytes are in memory once for all of them. */
    boolean claimMemory() {
        boolean first = !claimed;
        claimed = true;
        return first;
    }

    static int utf8Length(String text) {
        int length = text.length();
        int bytes = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                // A surrogate pair is four bytes: two for each half.
                bytes += Character.isSurrogate(c) ? 1 : 2;
            } else if (c >= 0x80) {
                bytes++;
            }
        }
        return bytes;
    }

    /**
     * With U+FFFD for each unpaired surrogate, which JSON can escape and UTF-8 cannot encode: the
     * WebSocket of everybody who is sent the message would be closed (RFC 6455, 8.1).
     */
    static String toWellFormed(String text) {
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                if (repaired == null) {
                    repaired = new StringBuilder(text);
                }
                repaired.setCharAt(i, '\uFFFD');
            }
        }
        return repaired == null ? text : repaired.toString();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
