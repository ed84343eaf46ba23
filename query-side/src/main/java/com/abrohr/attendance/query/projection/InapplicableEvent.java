package com.abrohr.attendance.query.projection;

/** An event changes a row that does not exist, so it cannot be true of what is stored. */
final class InapplicableEvent extends RuntimeException {

    InapplicableEvent(String message) {
        super(message);
    }
}
