package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.InvalidPacketException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Puts a packet together with its binary attachments, which follow it. */
final class BinaryPacketAssembler {
    private final Packet packet;
    private final List<byte[]> received = new ArrayList<>();
    private final BitSet placed = new BitSet();

    BinaryPacketAssembler(Packet packet) {
        this.packet = packet;
    }

    void add(byte[] attachment) {
        received.add(attachment);
    }

    boolean complete() {
        return received.size() == packet.attachments();
    }

    /** The packet with the attachments in the places that were held for them. */
    Packet assemble() throws InvalidPacketException {
        JsonNode data = packet.data();
        if (data == null) {
            throw new InvalidPacketException("no payload");
        }
        return new Packet(
                packet.type(),
                packet.namespace(),
                packet.ackId(),
                filled(data),
                packet.attachments());
    }

    private JsonNode filled(JsonNode node) throws InvalidPacketException {
        switch (node) {
            case ObjectNode object when object.path("_placeholder").asBoolean(false) -> {
                JsonNode number = object.path("num");
                if (!number.isInt()
                        || number.intValue() < 0
                        || number.intValue() >= received.size()
                        // One attachment in many places would make a small message a large one.
                        || placed.get(number.intValue())) {
                    throw new InvalidPacketException("placeholder");
                }
                placed.set(number.intValue());
                return BinaryNode.valueOf(received.get(number.intValue()));
            }
            case ObjectNode object -> {
                for (String name : List.copyOf(object.propertyNames())) {
                    object.set(name, filled(object.path(name)));
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, filled(array.path(i)));
                }
            }
            default -> {}
        }
        return node;
    }
}
