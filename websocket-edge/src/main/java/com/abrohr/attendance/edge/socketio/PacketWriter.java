package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.OutboundMessage;

import java.util.List;

/** Puts Socket.IO packets together. */
final class PacketWriter {
    private static final long NO_ACK = -1;

    private PacketWriter() {}

    static OutboundMessage event(String namespace, String arguments, List<byte[]> attachments) {
        return event(namespace, NO_ACK, arguments, attachments);
    }

    static OutboundMessage event(
            String namespace, long ackId, String arguments, List<byte[]> attachments) {
        return packet(attachments.isEmpty() ? '2' : '5', namespace, ackId, arguments, attachments);
    }

    static OutboundMessage ack(String namespace, long ackId, Json.Encoded arguments) {
        List<byte[]> attachments = arguments.attachments();
        return packet(
                attachments.isEmpty() ? '3' : '6', namespace, ackId, arguments.text(), attachments);
    }

    static OutboundMessage connect(String namespace, String payload) {
        return packet('0', namespace, NO_ACK, payload, List.of());
    }

    static OutboundMessage disconnect(String namespace) {
        return packet('1', namespace, NO_ACK, "", List.of());
    }

    static OutboundMessage connectError(String namespace, String payload) {
        return packet('4', namespace, NO_ACK, payload, List.of());
    }

    private static OutboundMessage packet(
            char type, String namespace, long ackId, String payload, List<byte[]> attachments) {
        StringBuilder text = new StringBuilder(payload.length() + namespace.length() + 24);
        text.append(type);
        if (!attachments.isEmpty()) {
            text.append(attachments.size()).append('-');
        }
        if (!namespace.equals("/")) {
            text.append(namespace).append(',');
        }
        if (ackId != NO_ACK) {
            text.append(ackId);
        }
        return OutboundMessage.of(text.append(payload).toString(), attachments);
    }
}
