package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.query.livefeed.FeedChannel.Notice;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes the other nodes after commits: one NOTIFY per company however many batches were committed
 * meanwhile, on a connection of its own, because a NOTIFY makes commits serial and so must not be
 * part of the projection's.
 */
class FeedAnnouncer implements FeedNotices, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FeedAnnouncer.class);

    private final String nodeId;
    private final DedicatedConnections connections;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> waiting = new LinkedHashSet<>();
    private boolean running;
    private @Nullable Thread thread;

    FeedAnnouncer(String nodeId, DedicatedConnections connections) {
        this.nodeId = nodeId;
        this.connections = connections;
    }

    @Override
    public void grown(String companyId) {
        add(new Notice(nodeId, companyId));
    }

    @Override
    public void numberedAnew() {
        add(Notice.numberedAnew(nodeId));
    }

    private void add(Notice notice) {
        lock.lock();
        try {
            if (running && waiting.add(notice.toString())) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        lock.lock();
        try {
            running = true;
            thread = Thread.ofVirtual().name("feed-announcer").start(this::announceAll);
        } finally {
            lock.unlock();
        }
    }

    private void announceAll() {
        Connection connection = null;
        int failures = 0;
        try {
            while (true) {
                Set<String> notices = take();
                if (notices.isEmpty()) {
                    return;
                }
                try {
                    if (connection == null) {
                        connection = FeedChannel.open(connections, "feed-announcer");
                    }
                    announce(connection, notices);
                    failures = 0;
                } catch (SQLException e) {
                    FeedChannel.close(connection);
                    connection = null;
                    failures++;
                    log.warn("other nodes cannot be told of the feed: {}", e.toString());
                    giveBack(notices, failures);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            FeedChannel.close(connection);
        }
    }

    private static void announce(Connection connection, Set<String> notices) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_notify(?, n) from unnest(?) as n")) {
            statement.setString(1, FeedChannel.NAME);
            statement.setArray(2, connection.createArrayOf("text", notices.toArray()));
            statement.execute();
        }
    }

    /** Empty when this announcer stops. */
    private Set<String> take() throws InterruptedException {
        lock.lock();
        try {
            while (running && waiting.isEmpty()) {
                changed.await();
            }
            Set<String> taken = new LinkedHashSet<>(waiting);
            waiting.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Set<String> notices, int failures) throws InterruptedException {
        lock.lock();
        try {
            waiting.addAll(notices);
            long nanos = FeedChannel.backoff(failures).toNanos();
            while (running && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            if (!running) {
                waiting.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        Thread stopping;
        lock.lock();
        try {
            running = false;
            changed.signalAll();
            stopping = thread;
            thread = null;
        } finally {
            lock.unlock();
        }
        if (stopping != null) {
            try {
                if (!stopping.join(java.time.Duration.ofNanos(TimeUnit.SECONDS.toNanos(2)))) {
                    stopping.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Before the projections start, after they stop. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE / 2;
    }
}
