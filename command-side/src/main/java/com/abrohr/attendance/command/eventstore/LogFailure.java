package com.abrohr.attendance.command.eventstore;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

/** What a failed statement means for the appends that it was to store. */
enum LogFailure {
    /** The server or the way to it is gone; what was not committed is not stored. */
    CONNECTION_LOST,
    /** Worth another try as it is: a lock or the time of the transaction ran out. */
    TRANSIENT,
    /** Some append of the batch does not fit into the table. */
    DATA,
    /** The database takes no writes from us: disk full, read-only, no permission, no table. */
    READ_ONLY;

    static LogFailure of(Exception failure) {
        if (!(failure instanceof SQLException sql)) {
            return DATA;
        }
        String state = state(sql);
        if (state == null) {
            return CONNECTION_LOST;
        }
        return switch (state) {
            // terminated by an administrator, a crash, a start-up, or one of the session's timeouts
            case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04" -> CONNECTION_LOST;
            case "57014", "55P03" -> TRANSIENT;
            default ->
                    switch (state.substring(0, 2)) {
                        case "08" -> CONNECTION_LOST;
                        case "40" -> TRANSIENT;
                        case "21", "22", "23", "54" -> DATA;
                        default -> READ_ONLY;
                    };
        };
    }

    /** The first SQLSTATE in a chain of batch and cause exceptions. */
    static @Nullable String state(SQLException failure) {
        for (SQLException e = failure; e != null; e = e.getNextException()) {
            String state = e.getSQLState();
            if (state != null && state.length() == 5) {
                return state;
            }
        }
        return null;
    }
}
