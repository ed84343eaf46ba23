package com.abrohr.attendance.edge.socketio;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** The response to a {@link ConnectRequest}. */
public sealed interface ConnectResponse {
    /**
     * The client has joined.
     *
     * @param attachment kept as {@link ClientSocket#attachment()} for as long as the client is
     *     connected
     * @param fields sent to the client in the CONNECT packet beside {@code sid}, such as {@code
     *     pid}
     */
    record Accepted(Object attachment, Map<String, Object> fields) implements ConnectResponse {
        public Accepted {
            fields = Map.copyOf(fields);
        }
    }

    /**
     * The client gets a CONNECT_ERROR packet.
     *
     * @param message the client's {@code connect_error.message}
     * @param data its {@code connect_error.data}, absent when null
     */
    record Refused(String message, @Nullable Object data) implements ConnectResponse {}
}
