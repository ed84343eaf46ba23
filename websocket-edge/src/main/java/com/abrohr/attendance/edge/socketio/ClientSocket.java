package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.engineio.Handshake;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One client in one namespace. Every method may be called from any thread and none blocks; what is
 * sent to a client that has gone is dropped. What is sent by one thread arrives in that order.
 */
public interface ClientSocket {
    /** The Socket.IO session id, unguessable, another one after every reconnect. */
    String id();

    /** The namespace, "/" for the main one. */
    String namespace();

    /** That of {@link ConnectResponse.Accepted}. */
    Object attachment();

    Handshake handshake();

    /** False from the moment that the connection or the namespace is left. */
    boolean connected();

    /** Encodes and sends one event. */
    void emit(String event, Object... arguments);

    /** Sends an event that others may share. */
    void send(OutboundEvent event);

    /**
     * Sends an event that only matters until a newer one of the same key: while the client's
     * transport is busy just the last one of each key is kept.
     */
    void volatileSend(String key, OutboundEvent event);

    /**
     * Sends an event and completes with the arguments of the client's answer.
     *
     * @return fails with {@link java.util.concurrent.TimeoutException} when none comes in time, and
     *     with {@link java.util.concurrent.CancellationException} when the client goes before
     */
    CompletableFuture<List<JsonNode>> emitWithAck(
            Duration timeout, String event, Object... arguments);

    /**
     * Closes the whole connection with a numbered reason; clients try to come back by themselves.
     */
    void disconnect(CloseReason reason);

    /**
     * Puts the client out of this namespace with a DISCONNECT packet; clients do not come back by
     * themselves.
     */
    void leaveNamespace();
}
