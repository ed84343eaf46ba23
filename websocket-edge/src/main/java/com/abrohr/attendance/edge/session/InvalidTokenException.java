package com.abrohr.attendance.edge.session;

/**
 * A token that authenticates nobody. The message is for the log; a client learns only whether the
 * token has expired.
 */
public final class InvalidTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean expired;

    private InvalidTokenException(String message, boolean expired) {
        super(message, null, false, false);
        this.expired = expired;
    }

    public static InvalidTokenException invalid(String message) {
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
