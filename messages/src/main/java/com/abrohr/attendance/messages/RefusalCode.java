package com.abrohr.attendance.messages;

/** The typed refusals, one table for REST, socket acknowledgements and the dashboard. */
public enum RefusalCode {
    ALREADY_PUNCHED_IN(409),
    NOT_PUNCHED_IN(409),
    FUTURE_TIME(409),
    TOO_OLD(409),
    OVERLAP(409),
    SELF_APPROVAL(409),
    ILLEGAL_TRANSITION(409),
    IDEMPOTENCY_CONFLICT(409),
    UNKNOWN_EMPLOYEE(404),
    UNKNOWN_LEAVE(404),
    NOT_FOUND(404),
    UNAUTHENTICATED(401),
    /** A token that was good: the client needs a new one, and its user need not sign in again. */
    TOKEN_EXPIRED(401),
    FORBIDDEN(403),
    /** The client holds numbers that can no longer be compared: read again. */
    STALE_VERSION(412),
    UNKNOWN_EVENT(400),
    INVALID(400),
    TOO_LARGE(413),
    RATE_LIMITED(429),
    /** What is stored about the employee cannot be read: a repeat fails until it was repaired. */
    UNREADABLE(500),
    /** The outcome is unknown: repeat with the same commandId. */
    UNAVAILABLE(503);

    private final int httpStatus;

    RefusalCode(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    public int httpStatus() {
        return httpStatus;
    }
}
