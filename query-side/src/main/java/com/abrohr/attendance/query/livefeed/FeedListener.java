package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.query.livefeed.FeedChannel.Notice;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Hears what other nodes wrote and has it emitted here. A notice is a hint: after each (re)connect,
 * and once an interval because a node may die between its commit and its notice, every watched
 * company is read again from its last number.
 */
class FeedListener implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FeedListener.class);

    private final String nodeId;
    private final DedicatedConnections connections;
    private final LiveFeed feed;
    private final Duration catchUpInterval;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile @Nullable Connection listening;
    private @Nullable Thread thread;

    FeedListener(
            String nodeId,
            DedicatedConnections connections,
            LiveFeed feed,
            Duration catchUpInterval) {
        this.nodeId = nodeId;
        this.connections = connections;
        this.feed = feed;
        this.catchUpInterval = catchUpInterval;
    }

    @Override
    public synchronized void start() {
        stopped = new CountDownLatch(1);
        CountDownLatch until = stopped;
        // A platform thread: the driver waits in the socket for as long as this node lives.
        thread = Thread.ofPlatform().daemon().name("feed-listener").start(() -> listen(until));
    }

    private void listen(CountDownLatch until) {
        int failures = 0;
        while (until.getCount() > 0) {
            try (Connection connection = FeedChannel.open(connections, "feed-listener");
                    Statement statement = connection.createStatement()) {
                statement.execute("listen " + FeedChannel.NAME);
                listening = connection;
                feed.catchUpAll();
                failures = 0;
                hear(connection, until);
            } catch (SQLException | RuntimeException e) {
                if (until.getCount() == 0) {
                    return;
                }
                failures++;
                log.warn("other nodes cannot be heard, connecting again: {}", e.toString());
                if (waited(until, FeedChannel.backoff(failures))) {
                    return;
                }
            } finally {
                listening = null;
            }
        }
    }

    private void hear(Connection connection, CountDownLatch until) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        int waitMs = Math.toIntExact(catchUpInterval.toMillis());
        long lastCatchUp = System.nanoTime();
        while (until.getCount() > 0) {
            PGNotification[] notifications = postgres.getNotifications(waitMs);
            if (until.getCount() == 0) {
                return;
            }
            Set<String> companies = new LinkedHashSet<>();
            for (PGNotification notification :
                    notifications == null ? new PGNotification[0] : notifications) {
                Notice notice = Notice.parse(notification.getParameter());
                if (notice == null || notice.nodeId().equals(nodeId)) {
                    continue;
                }
                if (notice.isNumberedAnew()) {
                    feed.endSubscriptions();
                } else {
                    companies.add(notice.companyId());
                }
            }
            companies.forEach(feed::catchUp);
            if (System.nanoTime() - lastCatchUp >= catchUpInterval.toNanos()) {
                // Also shows a connection that died without a word.
                try (Statement alive = connection.createStatement()) {
                    alive.execute("select 1");
                }
                feed.catchUpAll();
                lastCatchUp = System.nanoTime();
            }
        }
    }

    private static boolean waited(CountDownLatch until, Duration backoff) {
        try {
            return until.await(backoff.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public synchronized void stop() {
        stopped.countDown();
        Connection connection = listening;
        if (connection != null) {
            try {
                // Closing would wait for the thread that reads from it.
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                log.debug("the listening connection was gone already", e);
            }
        }
        if (thread != null) {
            try {
                thread.join(2_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE / 2;
    }
}
