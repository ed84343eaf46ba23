package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.CloseReason;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * What a namespace does with its clients. Every method runs on a virtual thread of the client's own
 * serial queue: one at a time and in order for one client, at the same time for different ones. It
 * may block; a client that sends more meanwhile than {@code inboundLimit} allows is closed. An
 * exception closes that client with {@link CloseReason#INTERNAL_ERROR}.
 */
public interface NamespaceHandler {

    /** Decides whether a client may join. Nothing of a refused client reaches the other methods. */
    Admission connecting(ConnectRequest request);

    /**
     * The client is let in and will be told so next; the place to join rooms, so that it misses
     * nothing from the moment that it knows. What is sent to it here arrives after that.
     */
    default void joining(ClientSocket socket) {}

    /** The client has been told that it is in. */
    default void connected(ClientSocket socket) {}

    /**
     * A client's event.
     *
     * @param event its name
     * @param arguments what follows the name; binary attachments are binary nodes in their places
     * @param ack answers the client, {@link Ack#NONE} when it does not want an answer
     */
    void received(ClientSocket socket, String event, List<JsonNode> arguments, Ack ack);

    /** A client that had been connected is gone; called once. Its rooms have been left already. */
    default void disconnected(ClientSocket socket, CloseReason reason) {}
}
