package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.query.board.LiveBoardChannel;

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
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the live feed when some node writes, which it is told, and when read models are repaired,
 * which it hears on a connection of its own. Either is a hint: after each (re)connect, and once an
 * interval, the feed looks by itself.
 */
final class LogListener implements SmartLifecycle, AppendNotices.Hearer {

    private static final Logger log = LoggerFactory.getLogger(LogListener.class);

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

    private final DedicatedConnections connections;
    private final AppendNotices notices;
    private final LiveFeed feed;
    private final Duration lookInterval;
    private final OwnNotifications ownNotifications;
    private final ScheduledExecutorService timer;
    private boolean told;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile @Nullable Connection listening;
    private @Nullable Thread thread;

    LogListener(
            DedicatedConnections connections,
            AppendNotices notices,
            LiveFeed feed,
            Duration lookInterval,
            ScheduledExecutorService timer) {
        this.connections = connections;
        this.notices = notices;
        this.timer = timer;
        this.feed = feed;
        this.lookInterval = lookInterval;
        this.ownNotifications =
                new OwnNotifications(
                        feed::heard,
                        (task, delay) ->
                                timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS),
                        System::nanoTime);
    }

    @Override
    public synchronized void start() {
        if (!told) {
            notices.tell(this);
            told = true;
        }
        stopped = new CountDownLatch(1);
        CountDownLatch until = stopped;
        // A platform thread: the driver waits in the socket for as long as this node lives.
        thread = Thread.ofPlatform().daemon().name("live-feed-listener").start(() -> run(until));
    }

    private void run(CountDownLatch until) {
        int failures = 0;
        while (until.getCount() > 0) {
            try (Connection connection = connections.open(properties());
                    Statement statement = connection.createStatement()) {
                statement.execute("listen " + LiveBoardChannel.NAME);
                listening = connection;
                feed.look();
                failures = 0;
                hear(connection, until);
            } catch (SQLException | RuntimeException e) {
                if (until.getCount() == 0) {
                    return;
                }
                if (failures == 0) {
                    log.warn("repairs of the read models are not heard: {}", e.toString());
                }
                failures++;
                if (waited(until, backoff(failures))) {
                    return;
                }
            } finally {
                listening = null;
            }
        }
    }

    private static Properties properties() {
        var properties = new Properties();
        properties.setProperty("ApplicationName", "attendance-live-feed");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "5");
        return properties;
    }

    private void hear(Connection connection, CountDownLatch until) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        long lastLook = System.nanoTime();
        while (until.getCount() > 0) {
            PGNotification[] notifications =
                    postgres.getNotifications(Math.toIntExact(lookInterval.toMillis()));
            if (until.getCount() == 0) {
                return;
            }
            if (notifications != null) {
                heard(notifications);
            }
            if (System.nanoTime() - lastLook >= lookInterval.toNanos()) {
                // Also shows a connection that died without a word.
                try (Statement alive = connection.createStatement()) {
                    alive.execute("select 1");
                }
                feed.look();
                lastLook = System.nanoTime();
            }
        }
    }

    private void heard(PGNotification[] notifications) {
        Set<String> repaired = new LinkedHashSet<>();
        for (PGNotification notification : notifications) {
            repaired.add(notification.getParameter());
        }
        repaired.forEach(feed::repaired);
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
    public void mayHaveMissed() {
        timer.execute(
                () -> {
                    try {
                        feed.look();
                    } catch (RuntimeException e) {
                        log.warn("the log cannot be looked at yet: {}", e.toString());
                    }
                });
    }

    private static Duration backoff(int failures) {
        Duration wait = FIRST_BACKOFF.multipliedBy(1L << Math.min(failures - 1, 10));
        return wait.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : wait;
    }

    private static boolean waited(CountDownLatch until, Duration backoff) {
        try {
            return until.await(backoff.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Whether the thread that listens is alive; the connection may be away. */
    synchronized boolean isAlive() {
        return thread != null && thread.isAlive();
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
