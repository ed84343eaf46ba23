package com.abrohr.attendance.query.projection;

/**
 * The log showed an event of a company before one of a lower number. Nothing is applied and nothing
 * becomes a dead letter: the processor stops with this error until the log is repaired.
 */
final class SequenceGap extends RuntimeException {
    SequenceGap(String company, long expected, long found) {
        super("company " + company + ": expected event " + expected + " next, found " + found);
    }
}
