package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.InvalidPacketException;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One packet from a client, without its attachments.
 *
 * @param ackId null when there is none
 * @param data null when there is none
 */
record Packet(
        Type type,
        String namespace,
        @Nullable Long ackId,
        @Nullable JsonNode data,
        int attachments) {

    enum Type {
        CONNECT,
        DISCONNECT,
        EVENT,
        ACK,
        BINARY_EVENT,
        BINARY_ACK
    }

    private static final int MAX_NAMESPACE = 256;
    private static final int MAX_ATTACHMENTS = 16;

    /** 2^53 - 1, the largest that every client can hold. */
    private static final long MAX_ACK_ID = 9_007_199_254_740_991L;

    /**
     * @throws InvalidPacketException for whatever the protocol does not have, or not from a client
     */
    static Packet parse(String text) throws InvalidPacketException {
        Reader reader = new Reader(text);
        Type type = reader.type();
        boolean binary = type == Type.BINARY_EVENT || type == Type.BINARY_ACK;
        int attachments = binary ? reader.attachments() : 0;
        String namespace = reader.namespace();
        Long ackId = reader.ackId();
        JsonNode data = reader.data();
        Packet packet = new Packet(type, namespace, ackId, data, attachments);
        if (!packet.valid()) {
            throw new InvalidPacketException("payload of " + type);
        }
        return packet;
    }

    private boolean valid() {
        return switch (type) {
            case CONNECT -> ackId == null && (data == null || data.isObject());
            case DISCONNECT -> ackId == null && data == null;
            case EVENT, BINARY_EVENT ->
                    data != null && data.isArray() && data.path(0).isString() && !reserved();
            case ACK, BINARY_ACK -> ackId != null && data != null && data.isArray();
        };
    }

    /** Names that a client's own library uses for itself. */
    private boolean reserved() {
        return switch (data == null ? "" : data.path(0).asString()) {
            case "connect",
                    "connect_error",
                    "disconnect",
                    "disconnecting",
                    "newListener",
                    "removeListener" ->
                    true;
            default -> false;
        };
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Type type() throws InvalidPacketException {
            if (text.isEmpty()) {
                throw new InvalidPacketException("empty");
            }
            return switch (text.charAt(at++)) {
                case '0' -> Type.CONNECT;
                case '1' -> Type.DISCONNECT;
                case '2' -> Type.EVENT;
                case '3' -> Type.ACK;
                case '5' -> Type.BINARY_EVENT;
                case '6' -> Type.BINARY_ACK;
                // 4 is CONNECT_ERROR, which only a server sends.
                default -> throw new InvalidPacketException("type");
            };
        }

        int attachments() throws InvalidPacketException {
            Long count = number(MAX_ATTACHMENTS);
            if (count == null || at >= text.length() || text.charAt(at++) != '-') {
                throw new InvalidPacketException("number of attachments");
            }
            return count.intValue();
        }

        String namespace() throws InvalidPacketException {
            if (at >= text.length() || text.charAt(at) != '/') {
                return "/";
            }
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            if (end - at > MAX_NAMESPACE) {
                throw new InvalidPacketException("namespace");
            }
            String name = text.substring(at, end);
            at = comma < 0 ? end : end + 1;
            return name;
        }

        @Nullable Long ackId() throws InvalidPacketException {
            return number(MAX_ACK_ID);
        }

        @Nullable JsonNode data() throws InvalidPacketException {
            if (at >= text.length()) {
                return null;
            }
            try {
                return Json.read(text.substring(at));
            } catch (JacksonException e) {
                throw new InvalidPacketException("JSON");
            }
        }

        private @Nullable Long number(long max) throws InvalidPacketException {
            int start = at;
            long value = 0;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                value = value * 10 + (text.charAt(at++) - '0');
                if (value > max) {
                    throw new InvalidPacketException("number");
                }
            }
            return at == start ? null : value;
        }
    }
}
