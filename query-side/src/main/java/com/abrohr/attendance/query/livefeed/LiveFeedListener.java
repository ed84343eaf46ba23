package com.abrohr.attendance.query.livefeed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Passes notifications on to the live feed. They are hints only: whenever some may have been lost,
 * and once an interval, the feed checks the log itself.
 */
final class LiveFeedListener implements LogNotifications.Listener {
    private static final Logger log = LoggerFactory.getLogger(LiveFeedListener.class);

    private final LiveFeed feed;
    private final FollowedCompanies companies;
    private final Executor executor;
    private final DelayedLogCheck ownAppends;

    /** A failure is logged once, not with every check. */
    private boolean failing;

    LiveFeedListener(
            LiveFeed feed,
            FollowedCompanies companies,
            Executor executor,
            ScheduledExecutorService timer) {
        this.feed = feed;
        this.companies = companies;
        this.executor = executor;
        this.ownAppends =
                new DelayedLogCheck(
                        feed::appended,
                        (task, delay) ->
                                timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS),
                        System::nanoTime);
    }

    @Override
    public void appended(boolean own, long globalIndex) {
        if (own) {
            ownAppends.appended(globalIndex);
        } else {
            feed.appended(globalIndex);
        }
    }

    @Override
    public void deadLettersChanged(String companyId) {
        companies.reload(companyId);
    }

    @Override
    public void mayHaveMissed() {
        executor.execute(this::checkLog);
    }

    synchronized void checkLog() {
        try {
            feed.checkLog();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                log.warn("the log cannot be checked: {}", e.toString());
            }
        }
    }
}
