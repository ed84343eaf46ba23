package com.abrohr.attendance.command.eventlog;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Hears what other nodes commit, on a connection of its own, and wakes this node's readers. While
 * it cannot hear it wakes them periodically; after each reconnect once, for what it may have
 * missed. On the way it compares the clock of the node with the database's.
 *
 * <p>It is the only connection of a node that listens: PostgreSQL wakes every listening connection
 * of a database for every notification, whatever its channel, and counts a transaction for each.
 */
public final class EventLogListener implements SmartLifecycle, AutoCloseable {

    static final String CHANNEL = "event_log";
    static final String APPLICATION_NAME = "attendance-log-listener";

    private static final Logger LOG = LoggerFactory.getLogger(EventLogListener.class);

    private static final long COMPARISON_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final DedicatedConnections connections;
    private final LogSignal signal;
    private final Clock clock;
    private final Duration poll;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final List<AppendHearer> hearers = new CopyOnWriteArrayList<>();
    private final Map<String, Consumer<String>> otherChannels = new ConcurrentHashMap<>();
    private volatile @Nullable Connection connection;
    private volatile boolean listening;

    /** An outage is said once, not with every try; touched by the listening thread alone. */
    private boolean deaf;

    private volatile @Nullable Duration clockDifference;

    /** System.nanoTime of the last comparison; touched by the listening thread alone. */
    private long comparedAt;

    /**
     * @param poll pause between wake-ups while notifications cannot be heard
     */
    public EventLogListener(
            DedicatedConnections connections, LogSignal signal, Clock clock, Duration poll) {
        this.connections = connections;
        this.signal = signal;
        this.clock = clock;
        this.poll = poll;
        this.thread =
                Thread.ofPlatform().name("event-log-listener").daemon().unstarted(this::listen);
    }

    @Override
    public void start() {
        thread.start();
    }

    /** Before what reads the log, after those who hear have been made. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE / 2;
    }

    /** Tells somebody else, too, from now on. */
    public void tell(AppendHearer hearer) {
        hearers.add(hearer);
    }

    /**
     * Hears one more channel, from the next connection on: to be called before {@link #start}.
     *
     * @param hearer of the payloads, each but once of those heard together; called on the thread
     *     that listens, which it must not keep
     */
    public void listenTo(String channel, Consumer<String> hearer) {
        otherChannels.put(channel, hearer);
    }

    /** Whether the listening thread runs; it never comes back. */
    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Whether notifications are being heard. */
    boolean isListening() {
        return listening && thread.isAlive();
    }

    /** The database's clock minus this node's, as last measured; empty before the first time. */
    Optional<Duration> clockDifference() {
        return Optional.ofNullable(clockDifference);
    }

    private void listen() {
        try {
            while (!closing.await(0, TimeUnit.MILLISECONDS)) {
                try {
                    hear(listeningConnection());
                } catch (SQLException | RuntimeException e) {
                    if (closing.getCount() > 0 && !deaf) {
                        deaf = true;
                        LOG.warn("Notifications of the event log are not heard: {}", e.toString());
                    }
                    disconnect();
                    if (closing.getCount() > 0) {
                        signal.wake();
                    }
                    closing.await(poll.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private Connection listeningConnection() throws SQLException {
        Connection current = connection;
        if (current != null) {
            return current;
        }
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", APPLICATION_NAME);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        current = connections.open(properties);
        connection = current;
        current.setAutoCommit(true);
        try (Statement statement = current.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
            for (String channel : otherChannels.keySet()) {
                statement.execute("LISTEN " + channel);
            }
        }
        compareClocks(current);
        listening = true;
        if (deaf) {
            deaf = false;
            LOG.info("Notifications of the event log are heard again");
        }
        // whatever was committed before the LISTEN was not announced to us
        signal.wake();
        hearers.forEach(AppendHearer::mayHaveMissed);
        return current;
    }

    private void hear(Connection current) throws SQLException {
        long left = COMPARISON_NANOS - (System.nanoTime() - comparedAt);
        if (left <= 0) {
            // also in the busiest hour; in silence it finds out a connection that is half open
            compareClocks(current);
            left = COMPARISON_NANOS;
        }
        int millis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
        PGNotification[] heard = current.unwrap(PGConnection.class).getNotifications(millis);
        if (heard == null) {
            return;
        }
        appended(heard);
        otherChannels.forEach(
                (channel, hearer) ->
                        Arrays.stream(heard)
                                .filter(notification -> notification.getName().equals(channel))
                                .map(PGNotification::getParameter)
                                .distinct()
                                .forEach(hearer));
    }

    private void appended(PGNotification[] heard) {
        Map<Integer, Long> places = new LinkedHashMap<>();
        for (PGNotification notification : heard) {
            if (!notification.getName().equals(CHANNEL)) {
                continue;
            }
            try {
                long place = Long.parseLong(notification.getParameter());
                places.merge(notification.getPID(), place, Math::max);
            } catch (NumberFormatException e) {
                signal.wake();
            }
        }
        places.forEach(
                (backend, place) -> {
                    signal.committedUpTo(place);
                    hearers.forEach(hearer -> hearer.appended(backend, place));
                });
    }

    private void compareClocks(Connection current) throws SQLException {
        try (Statement statement = current.createStatement()) {
            Instant before = clock.instant();
            try (ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
                row.next();
                Instant there = row.getObject(1, OffsetDateTime.class).toInstant();
                Instant middle =
                        before.plus(Duration.between(before, clock.instant()).dividedBy(2));
                clockDifference = Duration.between(middle, there);
                comparedAt = System.nanoTime();
            }
        }
    }

    private void disconnect() {
        listening = false;
        Connection dead = connection;
        connection = null;
        if (dead != null) {
            try {
                dead.close();
            } catch (SQLException e) {
                LOG.debug("A dead connection did not close", e);
            }
        }
    }

    @Override
    public void stop() {
        close();
    }

    /** Stops listening; at most five seconds. */
    @Override
    public void close() {
        closing.countDown();
        Connection current = connection;
        if (current != null) {
            try {
                // a wait for notifications ends only with its socket
                current.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("The listening connection did not abort", e);
            }
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
