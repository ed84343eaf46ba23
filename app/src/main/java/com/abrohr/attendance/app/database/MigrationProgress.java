package com.abrohr.attendance.app.database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reports the progress of a long migration until it is closed, also when another node runs it. A
 * migration writes its progress into its application_name, which is visible before the commit.
 */
final class MigrationProgress implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MigrationProgress.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final String PREFIX = "upgrade: ";
    private static final String PROGRESS =
            """
            SELECT application_name FROM pg_stat_activity
            WHERE datname = current_database() AND starts_with(application_name, '%s')
            LIMIT 1
            """
                    .formatted(PREFIX);

    private final JdbcConnectionDetails details;
    private final Duration interval;
    private final Consumer<String> listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param listener gets each state once
     */
    MigrationProgress(JdbcConnectionDetails details, Duration interval, Consumer<String> listener) {
        this.details = details;
        this.interval = interval;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("upgrade-watch").start(this::watch);
    }

    static MigrationProgress logging(JdbcConnectionDetails details) {
        return new MigrationProgress(
                details, INTERVAL, state -> log.info("The database is being upgraded: {}", state));
    }

    private void watch() {
        try (Connection connection =
                        DriverManager.getConnection(
                                details.getJdbcUrl(),
                                details.getUsername(),
                                details.getPassword());
                Statement statement = connection.createStatement()) {
            String last = "";
            while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                String state = state(statement);
                if (!state.isEmpty() && !state.equals(last)) {
                    listener.accept(state);
                    last = state;
                }
            }
        } catch (SQLException e) {
            // The migration continues; if the database is away it fails itself.
            log.debug("The upgrade cannot be watched", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String state(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(PROGRESS)) {
            return row.next() ? row.getString(1).substring(PREFIX.length()) : "";
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(interval);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
