package com.abrohr.attendance.edge.socketio;

/**
 * A namespace that clients may ask to join.
 *
 * @param name "/" or "/something", without a comma
 * @param rooms left by the server for every client that goes
 * @param binary whether events with binary attachments are taken; a client that sends one elsewhere
 *     is closed
 */
public record Namespace(String name, NamespaceHandler handler, Rooms rooms, boolean binary) {
    public Namespace {
        if (!name.startsWith("/") || name.indexOf(',') >= 0) {
            throw new IllegalArgumentException("namespace name: " + name);
        }
    }

    public static Namespace of(String name, NamespaceHandler handler, Rooms rooms) {
        return new Namespace(name, handler, rooms, false);
    }

    public static Namespace withBinary(String name, NamespaceHandler handler, Rooms rooms) {
        return new Namespace(name, handler, rooms, true);
    }
}
