package com.abrohr.attendance.command.eventlog;

import com.abrohr.attendance.command.eventlog.AppendAnswer.Stored;

import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * The writer's connection and the statements it runs there. Whoever holds the advisory lock is the
 * only writer of the whole cluster; the server ends a transaction that holds it for too long.
 */
final class LogSession implements AutoCloseable {

    /** "eventlog" in ASCII; every writer of the table takes this lock first. */
    static final long LOCK = 0x6576656e746c6f67L;

    static final String APPLICATION_NAME = "attendance-log-writer";

    private static final Logger LOG = LoggerFactory.getLogger(LogSession.class);

    private static final int TRANSACTION_TIMEOUT_SINCE = 17;

    /**
     * Each statement has a snapshot of its own (READ COMMITTED): the second and third are younger
     * than the lock and see all that was committed by whoever held it before.
     */
    private static final String LOCK_AND_CHECK =
            "SELECT pg_advisory_xact_lock("
                    + LOCK
                    + """
                    );
                    SELECT a.id, coalesce((SELECT max(e.sequence) FROM event_log e WHERE e.aggregate_id = a.id), -1)
                    FROM unnest(?::text[]) AS a (id);
                    SELECT c.company_id, c.employee_id, c.command_id
                    FROM unnest(?::text[], ?::text[], ?::text[]) AS c (company_id, employee_id, command_id)
                    WHERE (SELECT 1 FROM event_log e
                           WHERE e.company_id = c.company_id AND e.employee_id = c.employee_id
                             AND e.command_id = c.command_id LIMIT 1) IS NOT NULL
                    """;

    private static final String INSERT =
            """
            WITH head AS (
                UPDATE event_log_head
                SET last_index = last_index + ?,
                    last_recorded_at = greatest(last_recorded_at, clock_timestamp())
                RETURNING last_index, last_recorded_at
            ), numbers AS (
                SELECT array_agg(coalesce((SELECT max(l.company_seq) FROM event_log l WHERE l.company_id = c.id), 0)
                    ORDER BY c.place) AS last
                FROM unnest(?::text[]) WITH ORDINALITY AS c (id, place)
            ), stored AS (
                INSERT INTO event_log (global_index, company_seq, event_id, aggregate_type, aggregate_id, sequence,
                    company_id, employee_id, command_id, command_step, fingerprint,
                    payload_type, payload_revision, payload, metadata, recorded_at)
                SELECT head.last_index - ? + e.place, numbers.last[e.company] + e.company_place,
                    e.event_id, e.aggregate_type, e.aggregate_id, e.sequence,
                    e.company_id, e.employee_id, e.command_id, e.command_step::smallint, e.fingerprint,
                    e.payload_type, e.payload_revision, e.payload, e.metadata, head.last_recorded_at
                FROM head, numbers, """
                    + EventColumns.UNNESTED
                    + """
            ), notified AS (
                SELECT pg_notify('event_log', last_index::text) FROM head
            )
            SELECT head.last_index, head.last_recorded_at, n.seq
            FROM head, notified, numbers, unnest(numbers.last) WITH ORDINALITY AS n (seq, place)
            ORDER BY n.place
            """;

    private static final String LOCK_AND_LOOK_UP =
            "SELECT pg_advisory_xact_lock("
                    + LOCK
                    + """
                    );
                    SELECT event_id, global_index, company_seq, recorded_at FROM event_log WHERE event_id = ANY (?::uuid[])
                    """;

    private final Connection connection;

    private LogSession(Connection connection) {
        this.connection = connection;
    }

    static LogSession open(DedicatedConnections connections) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", APPLICATION_NAME);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        LogSession session = new LogSession(connections.open(properties));
        try {
            session.prepare();
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private void prepare() throws SQLException {
        connection.setAutoCommit(true);
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
        }
        connection.setAutoCommit(false);
        alignHead();
    }

    private static void limitUnansweredTcp(Statement statement) {
        try {
            statement.execute("SET tcp_user_timeout = '4s'");
        } catch (SQLException e) {
            LOG.debug("The server's platform has no tcp_user_timeout", e);
        }
    }

    /** The stock engine moves no head; whoever comes after it starts behind its last index. */
    private void alignHead() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute(
                    """
                    UPDATE event_log_head h
                    SET last_index = e.global_index, last_recorded_at = greatest(h.last_recorded_at, e.recorded_at)
                    FROM (SELECT global_index, recorded_at FROM event_log ORDER BY global_index DESC LIMIT 1) e
                    WHERE h.last_index < e.global_index
                    """);
        }
        connection.commit();
    }

    /**
     * Takes the lock, decides each append against the log and the appends before it, and inserts
     * those that fit. Nothing is stored before {@link #commit}.
     *
     * @return an answer for each append, in their order, true only once it is committed
     * @throws SQLException when nothing of the batch will be stored
     */
    Map<PendingAppend, AppendAnswer> write(List<PendingAppend> batch) throws SQLException {
        BatchDecision decision = check(batch);
        if (!decision.accepted().isEmpty()) {
            insert(decision);
        }
        return decision.answers();
    }

    private BatchDecision check(List<PendingAppend> batch) throws SQLException {
        String[] aggregates =
                batch.stream()
                        .flatMap(append -> append.rows().stream())
                        .map(EventRow::aggregateId)
                        .distinct()
                        .toArray(String[]::new);
        List<CommandKey> commands = batch.stream().map(PendingAppend::command).distinct().toList();
        BatchDecision decision = new BatchDecision();
        try (PreparedStatement statement = connection.prepareStatement(LOCK_AND_CHECK)) {
            statement.setArray(1, text(aggregates));
            statement.setArray(
                    2, text(commands.stream().map(CommandKey::companyId).toArray(String[]::new)));
            statement.setArray(
                    3, text(commands.stream().map(CommandKey::employeeId).toArray(String[]::new)));
            statement.setArray(
                    4, text(commands.stream().map(CommandKey::commandId).toArray(String[]::new)));
            statement.execute();
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    decision.newest(rows.getString(1), rows.getLong(2));
                }
            }
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    decision.known(
                            new CommandKey(
                                    rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
        batch.forEach(decision::decide);
        return decision;
    }

    private void insert(BatchDecision decision) throws SQLException {
        EventColumns columns = new EventColumns(decision.accepted());
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setLong(1, columns.count());
            statement.setArray(2, text(columns.companies()));
            statement.setLong(3, columns.count());
            columns.bind(connection, statement, 4);
            try (ResultSet rows = statement.executeQuery()) {
                decision.stored(stored(columns, rows));
            }
        }
    }

    private static StoredBatch stored(EventColumns columns, ResultSet rows) throws SQLException {
        Map<String, Long> lastSeqs = new HashMap<>();
        long lastIndex = 0;
        Instant recordedAt = Instant.EPOCH;
        for (String company : columns.companies()) {
            if (!rows.next()) {
                throw new SQLException("event_log_head has lost its row", "F0000");
            }
            lastIndex = rows.getLong(1);
            recordedAt = rows.getObject(2, OffsetDateTime.class).toInstant();
            lastSeqs.put(company, rows.getLong(3));
        }
        return new StoredBatch(lastIndex - columns.count() + 1, lastSeqs, recordedAt);
    }

    int backendPid() throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    /**
     * Waits until no other transaction can be writing, and answers which of the appends are stored.
     * A transaction stores its appends together, so their first events speak for all.
     */
    Map<PendingAppend, Stored> lookUp(List<PendingAppend> appends) throws SQLException {
        Map<UUID, PendingAppend> byFirstEvent = new HashMap<>();
        appends.forEach(append -> byFirstEvent.put(append.rows().getFirst().eventId(), append));
        Map<PendingAppend, Stored> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LOCK_AND_LOOK_UP)) {
            statement.setArray(
                    1, connection.createArrayOf("uuid", byFirstEvent.keySet().toArray()));
            statement.execute();
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    PendingAppend append = byFirstEvent.get(rows.getObject(1, UUID.class));
                    if (append != null) {
                        found.put(
                                append,
                                new Stored(
                                        new StoredAt(
                                                rows.getLong(2),
                                                rows.getLong(3),
                                                append.rows().size(),
                                                rows.getObject(4, OffsetDateTime.class)
                                                        .toInstant())));
                    }
                }
            }
        }
        connection.rollback();
        return found;
    }

    private Array text(String[] values) throws SQLException {
        return connection.createArrayOf("text", values);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("A dead connection did not close", e);
        }
    }
}
