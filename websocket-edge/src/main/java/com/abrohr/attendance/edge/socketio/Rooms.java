package com.abrohr.attendance.edge.socketio;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Named sets of the clients of one namespace, which only the server joins and leaves. Safe for use
 * from any thread; a client that disconnects has left every room before its handler is called.
 */
public final class Rooms {
    private final ConcurrentHashMap<String, Set<ClientSocket>> members = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ClientSocket, Set<String>> joined = new ConcurrentHashMap<>();

    /** Adds the client; does nothing for one that has gone already. */
    public void join(String room, ClientSocket socket) {
        joined.computeIfAbsent(socket, s -> ConcurrentHashMap.newKeySet(4)).add(room);
        members.compute(
                room,
                (name, before) -> {
                    Set<ClientSocket> sockets =
                            before == null ? ConcurrentHashMap.newKeySet() : before;
                    sockets.add(socket);
                    return sockets;
                });
        // A client that disconnected between the two lines above has been removed too early.
        if (!socket.connected()) {
            leaveAll(socket);
        }
    }

    public void leaveAll(ClientSocket socket) {
        Set<String> rooms = joined.remove(socket);
        if (rooms != null) {
            rooms.forEach(room -> remove(room, socket));
        }
    }

    /** Sends one shared event to everybody in the room. */
    public void broadcast(String room, OutboundEvent event) {
        broadcast(room, socket -> event);
    }

    /**
     * Sends everybody in the room an event of their own; few different ones, each encoded once,
     * keep it cheap.
     */
    public void broadcast(String room, Function<ClientSocket, OutboundEvent> event) {
        for (ClientSocket socket : members.getOrDefault(room, Set.of())) {
            socket.send(event.apply(socket));
        }
    }

    /**
     * As {@link #broadcast(String, Function)}, without those who are in another room too: they got
     * the same there.
     */
    public void broadcastOutside(
            String otherRoom, String room, Function<ClientSocket, OutboundEvent> event) {
        Set<ClientSocket> others = members.getOrDefault(otherRoom, Set.of());
        for (ClientSocket socket : members.getOrDefault(room, Set.of())) {
            if (!others.contains(socket)) {
                socket.send(event.apply(socket));
            }
        }
    }

    /**
     * Sends everybody in the room an event that only matters until a newer one of the same key; see
     * {@link ClientSocket#volatileSend}.
     */
    public void broadcastVolatile(String room, String key, OutboundEvent event) {
        for (ClientSocket socket : members.getOrDefault(room, Set.of())) {
            socket.volatileSend(key, event);
        }
    }

    /** Whether a broadcast would reach nobody: then its event need not be encoded. */
    public boolean isEmpty(String room) {
        return !members.containsKey(room);
    }

    /** How many clients a broadcast would reach. */
    public int size(String room) {
        return members.getOrDefault(room, Set.of()).size();
    }

    /** The members at some moment during the call. */
    public Set<ClientSocket> members(String room) {
        return Set.copyOf(members.getOrDefault(room, Set.of()));
    }

    private void remove(String room, ClientSocket socket) {
        members.computeIfPresent(
                room,
                (name, sockets) -> {
                    sockets.remove(socket);
                    return sockets.isEmpty() ? null : sockets;
                });
    }
}
