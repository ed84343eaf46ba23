package com.abrohr.attendance.command.eventstore;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import java.sql.SQLException;

/** The unique constraints of the event log, as the server names them. */
enum LogConstraint {
    INDEX("event_log_pkey"),
    EVENT("event_log_event_id_key"),
    SEQUENCE("event_log_sequence_key"),
    COMMAND("event_log_command_key"),
    COMPANY_SEQ("event_log_company_seq_key");

    private static final String UNIQUE_VIOLATION = "23505";

    private final String constraint;

    LogConstraint(String constraint) {
        this.constraint = constraint;
    }

    /** The constraint that a failure violates, null for none of them. */
    static @Nullable LogConstraint violatedBy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                for (SQLException e = sql; e != null; e = e.getNextException()) {
                    LogConstraint violated = named(e);
                    if (violated != null) {
                        return violated;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable LogConstraint named(SQLException failure) {
        if (!UNIQUE_VIOLATION.equals(failure.getSQLState())
                || !(failure instanceof PSQLException postgres)) {
            return null;
        }
        ServerErrorMessage message = postgres.getServerErrorMessage();
        for (LogConstraint candidate : values()) {
            if (message != null && candidate.constraint.equals(message.getConstraint())) {
                return candidate;
            }
        }
        return null;
    }
}
