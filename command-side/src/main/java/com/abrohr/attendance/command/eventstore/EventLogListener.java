package com.abrohr.attendance.command.eventstore;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
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
 * Receives what other nodes commit, on a connection of its own, and wakes this node's readers.
 * Without a connection it wakes them periodically; after each reconnect once, for what it may have
 * missed. The same connection compares the clock of the node with the database's.
 *
 * <p>It is the only connection of a node that listens: PostgreSQL wakes every listening connection
 * of a database for every notification, whatever its channel, and counts a transaction for each.
 */
public final class EventLogListener implements SmartLifecycle, AutoCloseable {
    static final String CHANNEL = "event_log";
    static final String APPLICATION_NAME = "attendance-log-listener";

    private static final Logger log = LoggerFactory.getLogger(EventLogListener.class);

    private final DedicatedConnections connections;
    private final LogSignal signal;
    private final DatabaseClock databaseClock;
    private final Duration poll;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final List<AppendListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Consumer<String>> otherChannels = new ConcurrentHashMap<>();
    private volatile @Nullable Connection connection;
    private volatile boolean listening;

    /** An outage is logged once; touched by the listening thread alone. */
    private boolean outageLogged;

    /**
     * @param poll pause between wake-ups while notifications cannot be received
     */
    public EventLogListener(
            DedicatedConnections connections, LogSignal signal, Clock clock, Duration poll) {
        this.connections = connections;
        this.signal = signal;
        this.databaseClock = new DatabaseClock(clock);
        this.poll = poll;
        this.thread =
                Thread.ofPlatform().name("event-log-listener").daemon().unstarted(this::listen);
    }

    @Override
    public void start() {
        thread.start();
    }

    /** Before what reads the log, after its listeners have been made. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE / 2;
    }

    /** From now on calls this one, too. */
    public void addListener(AppendListener added) {
        listeners.add(added);
    }

    /**
     * Listens to one more channel, from the next connection on: to be called before {@link #start}.
     *
     * @param receiver of the payloads, equal ones of one read once; called on the listening thread,
     *     which it must not block
     */
    public void subscribe(String channel, Consumer<String> receiver) {
        otherChannels.put(channel, receiver);
    }

    /** Whether the listening thread runs; it never comes back. */
    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Whether notifications are being received. */
    boolean isListening() {
        return listening && thread.isAlive();
    }

    /** The database's clock minus this node's, as last measured; empty before the first time. */
    Optional<Duration> clockDifference() {
        return databaseClock.difference();
    }

    private void listen() {
        try {
            while (!closing.await(0, TimeUnit.MILLISECONDS)) {
                try {
                    receive(listeningConnection());
                } catch (SQLException | RuntimeException e) {
                    if (closing.getCount() > 0 && !outageLogged) {
                        outageLogged = true;
                        log.warn(
                                "Notifications of the event log are not received: {}",
                                e.toString());
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
            statement.execute("listen " + CHANNEL);
            for (String channel : otherChannels.keySet()) {
                statement.execute("listen " + channel);
            }
        }
        databaseClock.compare(current);
        listening = true;
        if (outageLogged) {
            outageLogged = false;
            log.info("Notifications of the event log are received again");
        }
        // what was committed before the LISTEN was not announced to this connection
        signal.wake();
        listeners.forEach(AppendListener::mayHaveMissed);
        return current;
    }

    private void receive(Connection current) throws SQLException {
        int millis = databaseClock.compareWhenDue(current);
        PGNotification[] received = current.unwrap(PGConnection.class).getNotifications(millis);
        if (received == null) {
            return;
        }
        appended(received);
        otherChannels.forEach(
                (channel, receiver) ->
                        Arrays.stream(received)
                                .filter(notification -> notification.getName().equals(channel))
                                .map(PGNotification::getParameter)
                                .distinct()
                                .forEach(receiver));
    }

    private void appended(PGNotification[] received) {
        Map<Integer, Long> places = new LinkedHashMap<>();
        for (PGNotification notification : received) {
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
                    listeners.forEach(each -> each.appended(backend, place));
                });
    }

    private void disconnect() {
        listening = false;
        Connection dead = connection;
        connection = null;
        if (dead != null) {
            try {
                dead.close();
            } catch (SQLException e) {
                log.debug("A dead connection did not close", e);
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
                log.debug("The listening connection did not abort", e);
            }
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
