package com.abrohr.attendance.app.security;

/** The token is no proof of anybody; says nothing about why, and never carries the token. */
public final class InvalidTokenException extends Exception {

    public InvalidTokenException(Throwable cause) {
        super("Invalid token", cause);
    }
}
