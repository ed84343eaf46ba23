package com.abrohr.attendance.edge.engineio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text message, with the binary messages that must follow it directly; encoded once and shared by
 * every connection that it is sent to.
 */
public final class OutboundMessage {

    private final List<EnginePacket> packets;
    private final int bytes;

    /** Two queues that see it false at once are charged both. */
    private boolean held;

    private OutboundMessage(List<EnginePacket> packets) {
        this.packets = packets;
        this.bytes = packets.stream().mapToInt(EnginePacket::bytes).sum();
    }

    public static OutboundMessage of(String text) {
        return new OutboundMessage(List.of(EnginePacket.text('4', text)));
    }

    public static OutboundMessage of(byte[] binary) {
        return new OutboundMessage(List.of(EnginePacket.binary(binary)));
    }

    public static OutboundMessage of(String text, List<byte[]> attachments) {
        if (attachments.isEmpty()) {
            return of(text);
        }
        List<EnginePacket> packets = new ArrayList<>(attachments.size() + 1);
        packets.add(EnginePacket.text('4', text));
        attachments.forEach(attachment -> packets.add(EnginePacket.binary(attachment)));
        return new OutboundMessage(List.copyOf(packets));
    }

    List<EnginePacket> packets() {
        return packets;
    }

    /** Bytes that it occupies in a client's queue. */
    int bytes() {
        return bytes;
    }

    /** True for the first queue that it enters: its bytes are there once, whoever shares them. */
    boolean becomesHeld() {
        boolean first = !held;
        held = true;
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
     * With U+FFFD where half of a surrogate pair stands alone, which JSON's escapes can say and
     * UTF-8 cannot: a WebSocket would be closed over it, and so would everybody who is sent the
     * same.
     */
    static String wellFormed(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                if (mended == null) {
                    mended = new StringBuilder(text);
                }
                mended.setCharAt(i, '\uFFFD');
            }
        }
        return mended == null ? text : mended.toString();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
