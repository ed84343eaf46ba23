package com.abrohr.attendance.command.eventstore;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Compares the database's clock with this node's. Used by the thread that listens. */
final class DatabaseClock {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Clock clock;
    private volatile @Nullable Duration difference;

    /** System.nanoTime of the last comparison. */
    private long comparedAt;

    DatabaseClock(Clock clock) {
        this.clock = clock;
    }

    /** The database's clock minus this node's; empty before the first comparison. Any thread. */
    Optional<Duration> difference() {
        return Optional.ofNullable(difference);
    }

    /**
     * Also finds out a connection that is half open.
     *
     * @return milliseconds until the next comparison is due, at least one
     */
    int compareWhenDue(Connection connection) throws SQLException {
        long left = INTERVAL_NANOS - (System.nanoTime() - comparedAt);
        if (left <= 0) {
            compare(connection);
            left = INTERVAL_NANOS;
        }
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
    }

    void compare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Instant before = clock.instant();
            try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
                row.next();
                Instant there = row.getObject(1, OffsetDateTime.class).toInstant();
                Instant middle =
                        before.plus(Duration.between(before, clock.instant()).dividedBy(2));
                difference = Duration.between(middle, there);
                comparedAt = System.nanoTime();
            }
        }
    }
}
