package com.abrohr.attendance.edge.session;

/** A token that proves nothing. Says why only to the log, never to the client. */
public final class InvalidTokenException extends Exception {

    public InvalidTokenException(String message) {
        super(message, null, false, false);
    }
}
