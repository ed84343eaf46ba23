package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.command.eventstore.AppendOutcomeUnknown;
import com.abrohr.attendance.command.eventstore.LogUnavailable;

import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.serialization.SerializationException;

import java.sql.SQLException;

/** What a failure that is no refusal means for a command. */
enum CommandFailure {
    /** The database did not answer: a repeat may succeed. */
    DATABASE_AWAY,
    /** What is stored about the employee cannot be read: a repeat fails in the same way. */
    UNREADABLE_EVENTS,
    UNEXPECTED;

    private static final int DEEPEST_CAUSE = 16;

    static CommandFailure of(RuntimeException failure) {
        if (failure instanceof LogUnavailable || failure instanceof AppendOutcomeUnknown) {
            return DATABASE_AWAY;
        }
        if (failure instanceof EventStoreException || failure instanceof SerializationException) {
            // Reading asks the database, for events and for the keys of personal data in them.
            return isCausedByDatabase(failure) ? DATABASE_AWAY : UNREADABLE_EVENTS;
        }
        return UNEXPECTED;
    }

    private static boolean isCausedByDatabase(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof SQLException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
