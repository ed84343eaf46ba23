package com.abrohr.attendance.edge.socketio;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Who hears what: named sets of clients of one namespace, joined by the server's decision alone.
 * Safe for use from any thread; a client that goes has left every room before its handler hears of
 * it.
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
        // A client that went between the two lines above has been swept too early.
        if (!socket.connected()) {
            leaveAll(socket);
        }
    }

    public void leave(String room, ClientSocket socket) {
        remove(room, socket);
        joined.computeIfPresent(
                socket,
                (s, rooms) -> {
                    rooms.remove(room);
                    return rooms.isEmpty() ? null : rooms;
                });
    }

    public void leaveAll(ClientSocket socket) {
        Set<String> rooms = joined.remove(socket);
        if (rooms != null) {
            rooms.forEach(room -> remove(room, socket));
        }
    }

    /** Sends one shared frame to everybody in the room. */
    public void broadcast(String room, Frame frame) {
        broadcast(room, socket -> frame);
    }

    /**
     * Sends everybody in the room the frame that is theirs; few different ones, each encoded once,
     * keep it cheap.
     */
    public void broadcast(String room, Function<ClientSocket, Frame> frame) {
        for (ClientSocket socket : members.getOrDefault(room, Set.of())) {
            socket.send(frame.apply(socket));
        }
    }

    /**
     * As {@link #broadcast(String, Function)}, without those who are in another room too: they have
     * heard the same there.
     */
    public void broadcastOutside(
            String otherRoom, String room, Function<ClientSocket, Frame> frame) {
        Set<ClientSocket> others = members.getOrDefault(otherRoom, Set.of());
        for (ClientSocket socket : members.getOrDefault(room, Set.of())) {
            if (!others.contains(socket)) {
                socket.send(frame.apply(socket));
            }
        }
    }

    /**
     * Sends everybody in the room a frame that only matters until a newer one of the same key; see
     * {@link ClientSocket#volatileSend}.
     */
    public void broadcastVolatile(String room, String key, Frame frame) {
        for (ClientSocket socket : members.getOrDefault(room, Set.of())) {
            socket.volatileSend(key, frame);
        }
    }

    /** Whether nobody would hear a broadcast: then its frame need not be encoded. */
    public boolean isEmpty(String room) {
        return !members.containsKey(room);
    }

    /** How many clients would hear a broadcast. */
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
