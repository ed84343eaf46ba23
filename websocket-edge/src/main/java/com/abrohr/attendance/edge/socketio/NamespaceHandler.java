package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.CloseReason;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * What a namespace does with its clients. Every method runs on a virtual thread of the client's own
 * serial queue: one at a time and in order for one client, at the same time for different ones. It
 * may block; meanwhile no more is read of a client than {@code inbound-per-client} allows. An
 * exception closes that client with {@link CloseReason#INTERNAL_ERROR}.
 */
public interface NamespaceHandler {
    /** Authenticates a client. Nothing of a refused client reaches the other methods. */
    ConnectResponse connecting(ConnectRequest request);

    /**
     * The client is accepted and gets its CONNECT packet next. To be used to join rooms, so that it
     * misses nothing from then on. What is sent to it here arrives after that packet.
     */
    default void joining(ClientSocket socket) {}

    /** The client has been sent its CONNECT packet. */
    default void connected(ClientSocket socket) {}

    /**
     * A client's event.
     *
     * @param event its name
     * @param arguments what follows the name; binary attachments are binary nodes in their places
     * @param ack acknowledges the event; {@link Ack#NONE} when the client asked for none
     */
    void received(ClientSocket socket, String event, List<JsonNode> arguments, Ack ack);

    /** A client that had been connected is gone; called once. Its rooms have been left already. */
    default void disconnected(ClientSocket socket, CloseReason reason) {}
}
