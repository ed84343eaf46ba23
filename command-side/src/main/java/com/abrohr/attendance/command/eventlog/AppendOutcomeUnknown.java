package com.abrohr.attendance.command.eventlog;

import org.jspecify.annotations.Nullable;

/** Whether the events are stored cannot be said yet; a retry with the same command id finds out. */
public final class AppendOutcomeUnknown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AppendOutcomeUnknown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
