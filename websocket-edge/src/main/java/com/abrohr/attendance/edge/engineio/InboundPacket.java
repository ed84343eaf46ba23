package com.abrohr.attendance.edge.engineio;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** One packet from a client. */
sealed interface InboundPacket {
    record Close() implements InboundPacket {}

    record Probe() implements InboundPacket {}

    record Pong() implements InboundPacket {}

    record Text(String data) implements InboundPacket {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Binary(byte[] data) implements InboundPacket {}

    record Upgrade() implements InboundPacket {}

    record Noop() implements InboundPacket {}

    /** Separates the packets of one polling payload. */
    char SEPARATOR = '\u001e';

    /**
     * Parses one packet.
     *
     * @throws InvalidPacketException for a type that a client may not send
     */
    static InboundPacket parse(String packet) throws InvalidPacketException {
        if (packet.isEmpty()) {
            throw new InvalidPacketException("empty packet");
        }
        String data = packet.substring(1);
        return switch (packet.charAt(0)) {
            case '1' -> new Close();
            case '2' -> {
                // The server pings since version 4; what is left is the probe of an upgrade.
                if (!data.equals("probe")) {
                    throw new InvalidPacketException("ping from a client");
                }
                yield new Probe();
            }
            case '3' -> new Pong();
            case '4' -> new Text(data);
            case '5' -> new Upgrade();
            case '6' -> new Noop();
            case 'b' -> new Binary(base64(data));
            default -> throw new InvalidPacketException("packet type");
        };
    }

    /** All packets of a polling payload or none. */
    static List<InboundPacket> parsePayload(String payload) throws InvalidPacketException {
        List<InboundPacket> packets = new ArrayList<>();
        int from = 0;
        while (true) {
            int to = payload.indexOf(SEPARATOR, from);
            packets.add(parse(payload.substring(from, to < 0 ? payload.length() : to)));
            if (to < 0) {
                return packets;
            }
            from = to + 1;
        }
    }

    private static byte[] base64(String data) throws InvalidPacketException {
        try {
            // Clients for Java and Android wrap the lines.
            boolean wrapped = data.indexOf('\n') >= 0 || data.indexOf('\r') >= 0;
            return Base64.getDecoder()
                    .decode(wrapped ? data.replace("\r", "").replace("\n", "") : data);
        } catch (IllegalArgumentException e) {
            throw new InvalidPacketException("base64");
        }
    }
}
