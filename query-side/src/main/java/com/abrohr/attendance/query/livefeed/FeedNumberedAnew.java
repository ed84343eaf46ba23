package com.abrohr.attendance.query.livefeed;

/** Ends subscriptions when the epoch of the feed changed: subscribe again for the new position. */
public final class FeedNumberedAnew extends RuntimeException {

    FeedNumberedAnew() {
        super("the feed was numbered anew", null, false, false);
    }
}
