package com.abrohr.attendance.command.eventstore;

import org.jspecify.annotations.Nullable;

/** These events can never be stored as they are (too large, NUL, no command id); nothing was. */
public final class AppendRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AppendRejected(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
