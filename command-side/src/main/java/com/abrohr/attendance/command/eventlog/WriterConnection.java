package com.abrohr.attendance.command.eventlog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Opens the writer's connection. The server ends a transaction there that takes too long, so that
 * no node can hold the lock against the others.
 */
final class WriterConnection {

    static final String APPLICATION_NAME = "attendance-log-writer";

    private static final Logger LOG = LoggerFactory.getLogger(WriterConnection.class);

    private static final int TRANSACTION_TIMEOUT_SINCE = 17;

    private WriterConnection() {}

    static LogSession open(DedicatedConnections connections) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", APPLICATION_NAME);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        // ids of a conflict and the text of the function would end up in the log
        properties.setProperty("logServerErrorDetail", "false");
        Connection connection = connections.open(properties);
        LogSession session = new LogSession(connection);
        boolean prepared = false;
        try {
            connection.setAutoCommit(true);
            prepare(connection);
            prepared = true;
            return session;
        } finally {
            if (!prepared) {
                session.close();
            }
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        boolean timed =
                connection.getMetaData().getDatabaseMajorVersion() >= TRANSACTION_TIMEOUT_SINCE;
        try (Statement statement = connection.createStatement()) {
            if (timed) {
                statement.execute("SET transaction_timeout = '2s'");
            }
            statement.execute("SET statement_timeout = '2s'");
            statement.execute("SET idle_in_transaction_session_timeout = '2s'");
            statement.execute("SET lock_timeout = '1s'");
            statement.execute("SET default_transaction_isolation = 'read committed'");
            statement.execute("SET plan_cache_mode = force_generic_plan");
            // a plan that was made while the table was small must not outlive that
            statement.execute("SET enable_seqscan = off");
            statement.execute("SET jit = off");
            statement.execute(
                    "SELECT set_config('synchronous_commit', 'on', false)"
                            + " WHERE current_setting('synchronous_commit') = 'off'");
            limitUnansweredTcp(statement);
            alignHead(statement);
        }
    }

    private static void limitUnansweredTcp(Statement statement) {
        try {
            statement.execute("SET tcp_user_timeout = '4s'");
        } catch (SQLException e) {
            LOG.debug("The server's platform has no tcp_user_timeout", e);
        }
    }

    /**
     * Events that were copied into the database may be ahead of the head. One statement: the row of
     * the head is what writers before and after this one agree on.
     */
    private static void alignHead(Statement statement) throws SQLException {
        statement.execute(
                "SELECT pg_advisory_xact_lock("
                        + LogSession.LOCK
                        + """
                        );
                        UPDATE event_log_head h
                        SET last_index = e.global_index, last_recorded_at = greatest(h.last_recorded_at, e.recorded_at)
                        FROM (SELECT global_index, recorded_at FROM event_log ORDER BY global_index DESC LIMIT 1) e
                        WHERE h.last_index < e.global_index
                        """);
    }
}
