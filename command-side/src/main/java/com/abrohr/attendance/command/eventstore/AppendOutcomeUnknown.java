package com.abrohr.attendance.command.eventstore;

import org.jspecify.annotations.Nullable;

/** It is not known whether the events are stored; a retry with the same command id finds out. */
public final class AppendOutcomeUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AppendOutcomeUnknown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
