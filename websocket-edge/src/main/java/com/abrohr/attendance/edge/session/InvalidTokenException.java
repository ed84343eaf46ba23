package com.abrohr.attendance.edge.session;

/**
 * A token that proves nothing. Says why only to the log; a client learns no more than whether a
 * newer token would help.
 */
public final class InvalidTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean expired;

    private InvalidTokenException(String message, boolean expired) {
        super(message, null, false, false);
        this.expired = expired;
    }

    public static InvalidTokenException worthless(String message) {
        return new InvalidTokenException(message, false);
    }

    /** Nothing is wrong with the token but its age. */
    public static InvalidTokenException expired(String message) {
        return new InvalidTokenException(message, true);
    }

    public boolean isExpired() {
        return expired;
    }
}
