package com.abrohr.attendance.query.projection;

/** The payload or the metadata of an event cannot be read. */
final class UnreadableEvent extends RuntimeException {

    UnreadableEvent(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
