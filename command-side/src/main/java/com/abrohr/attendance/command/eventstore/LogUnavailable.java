package com.abrohr.attendance.command.eventstore;

import org.jspecify.annotations.Nullable;

/** The log cannot be reached or takes no more appends now; nothing was stored by this call. */
public final class LogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
