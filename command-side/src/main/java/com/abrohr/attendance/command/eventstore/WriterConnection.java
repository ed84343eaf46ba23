package com.abrohr.attendance.command.eventstore;

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

    private static final Logger log = LoggerFactory.getLogger(WriterConnection.class);

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
                statement.execute("set transaction_timeout = '2s'");
            }
            statement.execute("set statement_timeout = '2s'");
            statement.execute("set idle_in_transaction_session_timeout = '2s'");
            statement.execute("set lock_timeout = '1s'");
            statement.execute("set default_transaction_isolation = 'read committed'");
            statement.execute("set plan_cache_mode = force_generic_plan");
            // a plan made for a small table must not be kept when it has grown
            statement.execute("set enable_seqscan = off");
            statement.execute("set jit = off");
            statement.execute(
                    "select set_config('synchronous_commit', 'on', false)"
                            + " where current_setting('synchronous_commit') = 'off'");
            limitUnansweredTcp(statement);
            alignHead(statement);
        }
    }

    private static void limitUnansweredTcp(Statement statement) {
        try {
            statement.execute("set tcp_user_timeout = '4s'");
        } catch (SQLException e) {
            log.debug("The server's platform has no tcp_user_timeout", e);
        }
    }

    /**
     * Events that were copied into the database may be ahead of the head. One statement: the row of
     * the head is what writers before and after this one agree on.
     */
    private static void alignHead(Statement statement) throws SQLException {
        statement.execute(
                "select pg_advisory_xact_lock("
                        + LogSession.LOCK
                        + """
                        );
                        update event_log_head h
                        set last_index = e.global_index, last_recorded_at = greatest(h.last_recorded_at, e.recorded_at)
                        from (select global_index, recorded_at from event_log order by global_index desc limit 1) e
                        where h.last_index < e.global_index
                        """);
    }
}
