package com.abrohr.attendance.query.board;

/**
 * The log showed an event before one that precedes it in the same stream. Nothing is applied and
 * nothing is parked: the processor stops with this error until somebody looks.
 */
final class SequenceGap extends RuntimeException {

    SequenceGap(String stream, long expected, long found) {
        super(stream + ": expected event " + expected + " next, found " + found);
    }
}
