package com.abrohr.attendance.query.livefeed;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** The channel that nodes wake each other on, and the connections that are kept for it. */
final class FeedChannel {

    static final String NAME = "live_feed";

    /** Stands where a company would: no company has an empty name. */
    private static final String NUMBERED_ANEW = "";

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

    private FeedChannel() {}

    /** {@code nodeId|company}; the company is cut off after the first bar only. */
    record Notice(String nodeId, String companyId) {

        static Notice numberedAnew(String nodeId) {
            return new Notice(nodeId, NUMBERED_ANEW);
        }

        static @Nullable Notice parse(String payload) {
            int bar = payload.indexOf('|');
            return bar < 0
                    ? null
                    : new Notice(payload.substring(0, bar), payload.substring(bar + 1));
        }

        boolean isNumberedAnew() {
            return companyId.equals(NUMBERED_ANEW);
        }

        @Override
        public String toString() {
            return nodeId + "|" + companyId;
        }
    }

    static Connection open(DedicatedConnections connections, String purpose) throws SQLException {
        var properties = new Properties();
        properties.setProperty("ApplicationName", purpose);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "5");
        return connections.open(properties);
    }

    /**
     * @param failures how many attempts failed in a row, from 1
     */
    static Duration backoff(int failures) {
        Duration wait = FIRST_BACKOFF.multipliedBy(1L << Math.min(failures - 1, 10));
        return wait.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : wait;
    }

    static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It is given up either way.
            }
        }
    }
}
