package com.abrohr.attendance.query.livefeed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the live feed when some node writes and when read models are repaired. Either is a hint:
 * whenever something may have been missed, and once an interval, the feed looks by itself.
 */
final class NoticeHearer implements DatabaseNotices.Hearer {

    private static final Logger log = LoggerFactory.getLogger(NoticeHearer.class);

    private final LiveFeed feed;
    private final Executor executor;
    private final OwnNotifications ownNotifications;

    /** A log that is away is said once, not with every look. */
    private boolean away;

    NoticeHearer(LiveFeed feed, Executor executor, ScheduledExecutorService timer) {
        this.feed = feed;
        this.executor = executor;
        this.ownNotifications =
                new OwnNotifications(
                        feed::heard,
                        (task, delay) ->
                                timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS),
                        System::nanoTime);
    }

    @Override
    public void appended(boolean own, long globalIndex) {
        if (own) {
            ownNotifications.heard(globalIndex);
        } else {
            feed.heard(globalIndex);
        }
    }

    @Override
    public void boardRepaired(String companyId) {
        feed.repaired(companyId);
    }

    @Override
    public void mayHaveMissed() {
        executor.execute(this::look);
    }

    synchronized void look() {
        try {
            feed.look();
            away = false;
        } catch (RuntimeException e) {
            if (!away) {
                away = true;
                log.warn("the log cannot be looked at: {}", e.toString());
            }
        }
    }
}
