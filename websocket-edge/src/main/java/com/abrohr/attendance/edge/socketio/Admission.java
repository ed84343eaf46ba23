package com.abrohr.attendance.edge.socketio;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** The answer to a {@link ConnectRequest}. */
public sealed interface Admission {

    /**
     * @param attachment kept as {@link ClientSocket#attachment()} for as long as the client is
     *     connected
     * @param fields told to the client in the CONNECT packet beside {@code sid}, such as {@code
     *     pid}
     */
    record Accepted(Object attachment, Map<String, Object> fields) implements Admission {
        public Accepted {
            fields = Map.copyOf(fields);
        }
    }

    /**
     * @param message the client's {@code connect_error.message}
     * @param data its {@code connect_error.data}, absent when null
     */
    record Refused(String message, @Nullable Object data) implements Admission {}

    static Admission accepted(Object attachment) {
        return new Accepted(attachment, Map.of());
    }

    static Admission accepted(Object attachment, Map<String, Object> fields) {
        return new Accepted(attachment, fields);
    }

    static Admission refused(String message) {
        return new Refused(message, null);
    }

    static Admission refused(String message, @Nullable Object data) {
        return new Refused(message, data);
    }
}
