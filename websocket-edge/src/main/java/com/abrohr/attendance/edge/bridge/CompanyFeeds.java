package com.abrohr.attendance.edge.bridge;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Follows the feed of every company that has a socket on this node, once per company however many
 * sockets there are.
 */
final class CompanyFeeds {
    /**
     * The first watch on a busy node that has just started takes a while. Shorter than {@link
     * BoundedQueries#TIMEOUT}, so that a socket does not wait in vain for a watch that has failed.
     */
    static final Duration START_TIMEOUT = Duration.ofSeconds(4);

    private static final long UNUSED_SECONDS = 30;

    private final FeedReader reader;
    private final FeedAudience audience;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Duration startTimeout;
    private final ConcurrentMap<String, Followed> followed = new ConcurrentHashMap<>();

    CompanyFeeds(
            FeedReader reader,
            FeedAudience audience,
            Executor executor,
            ScheduledExecutorService timer,
            Duration startTimeout) {
        this.reader = reader;
        this.audience = audience;
        this.executor = executor;
        this.timer = timer;
        this.startTimeout = startTimeout;
    }

    /**
     * Counts one more socket of a company; returns when its feed is followed, or after a time-out
     * when it is not yet: sockets that subscribe before get resync_required once it is.
     */
    CompanyFeed acquire(String companyId) {
        Followed company =
                followed.compute(
                        companyId,
                        (id, known) -> {
                            Followed now = known;
                            if (now == null) {
                                now =
                                        new Followed(
                                                new CompanyFeed(
                                                        id, reader, audience, executor, timer));
                                now.feed.start();
                            }
                            now.sockets++;
                            return now;
                        });
        try {
            company.feed.started().get(startTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The socket connects all the same: its commands are answered, and what it missed is
            // read when it subscribes, if the feed is followed by then.
        }
        return company.feed;
    }

    /**
     * Counts one socket less; after the last one the company is followed for another 30 s, because
     * clients reconnect.
     */
    void release(String companyId) {
        Followed company =
                followed.computeIfPresent(
                        companyId,
                        (id, known) -> {
                            known.sockets--;
                            return known;
                        });
        if (company != null) {
            var _ =
                    timer.schedule(
                            () -> closeIfUnused(companyId), UNUSED_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Nullable CompanyFeed find(String companyId) {
        Followed company = followed.get(companyId);
        return company == null ? null : company.feed;
    }

    void close() {
        followed.values().forEach(company -> company.feed.close());
    }

    private void closeIfUnused(String companyId) {
        followed.computeIfPresent(
                companyId,
                (id, known) -> {
                    if (known.sockets > 0) {
                        return known;
                    }
                    known.feed.close();
                    return null;
                });
    }

    private static final class Followed {
        private final CompanyFeed feed;
        private int sockets;

        private Followed(CompanyFeed feed) {
            this.feed = feed;
        }
    }
}
