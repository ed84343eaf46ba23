package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.OutboundMessage;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An event encoded once, to be sent to any number of clients. Arguments may be anything that
 * Jackson writes, {@code byte[]} included in namespaces that take binary, and {@code
 * tools.jackson.databind.util.RawValue} for JSON that exists already.
 */
public final class OutboundEvent {
    private final String arguments;
    private final List<byte[]> attachments;
    private volatile @Nullable Encoding last;

    private OutboundEvent(String arguments, List<byte[]> attachments) {
        this.arguments = arguments;
        this.attachments = attachments;
    }

    /**
     * Encodes an event.
     *
     * @throws tools.jackson.core.JacksonException for arguments that cannot be written
     */
    public static OutboundEvent event(String name, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = name;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Json.Encoded encoded = Json.encode(all);
        return new OutboundEvent(encoded.text(), encoded.attachments());
    }

    /**
     * The same event with one more argument: where a client's connection-state recovery reads the
     * offset from.
     */
    public OutboundEvent withOffset(String offset) {
        String open = arguments.substring(0, arguments.length() - 1);
        return new OutboundEvent(open + ',' + Json.write(offset) + ']', attachments);
    }

    /** Characters of its JSON. */
    public int length() {
        return arguments.length();
    }

    /** The event's name and arguments as a JSON array. */
    String json() {
        return arguments;
    }

    boolean binary() {
        return !attachments.isEmpty();
    }

    /** The one message that all clients of a namespace share. */
    OutboundMessage message(String namespace) {
        Encoding known = last;
        if (known == null || !known.namespace.equals(namespace)) {
            known = new Encoding(namespace, PacketWriter.event(namespace, arguments, attachments));
            last = known;
        }
        return known.message;
    }

    /** The same with an acknowledgement id, for one client. */
    OutboundMessage message(String namespace, long ackId) {
        return PacketWriter.event(namespace, ackId, arguments, attachments);
    }

    private record Encoding(String namespace, OutboundMessage message) {}
}
