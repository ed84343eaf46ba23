package com.abrohr.attendance.query.livefeed;

/** Ends subscriptions when the epoch changed: subscribe again for the new position. */
final class EpochChanged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EpochChanged() {
        super("the epoch changed", null, false, false);
    }
}
