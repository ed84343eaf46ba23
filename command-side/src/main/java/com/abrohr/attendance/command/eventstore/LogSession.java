package com.abrohr.attendance.command.eventstore;

import com.abrohr.attendance.command.eventstore.AppendResult.Stored;

import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The statements of the writer on its connection. Whoever holds the advisory lock is the only
 * writer of the whole cluster.
 */
final class LogSession implements AutoCloseable {
    /** "eventlog" in ASCII; every writer of the table takes this lock first. */
    static final long LOCK = 0x6576656e746c6f67L;

    private static final Logger log = LoggerFactory.getLogger(LogSession.class);

    private static final String APPEND =
            "select newest_index, newest_recorded_at, seq_before from append_events(?, ?, ?, ?, ?, "
                    + EventColumns.PARAMETERS
                    + ")";

    private static final String LOCK_AND_LOOK_UP =
            "select pg_advisory_xact_lock("
                    + LOCK
                    + """
                    );
                    select event_id, global_index, company_seq, recorded_at
                    from event_log where event_id = any (?::uuid[])
                    """;

    private final Connection connection;

    /**
     * @param connection prepared by {@link WriterConnection}, in autocommit mode
     */
    LogSession(Connection connection) {
        this.connection = connection;
    }

    /**
     * Stores a batch as a whole, in one statement that is its own transaction. The unique keys of
     * the table find out what does not fit, without saying what does.
     *
     * @throws SQLException when nothing is stored, unless the connection was lost: then the server
     *     may have stored the batch, or still store it
     */
    Map<PendingAppend, AppendResult> append(List<PendingAppend> batch) throws SQLException {
        return new LinkedHashMap<>(insert(batch).answers(batch));
    }

    /**
     * Decides each append against the log and the appends before it, and inserts those that fit.
     * Nothing is stored before {@link #commit}.
     *
     * @return an answer for each append, in their order, true only once it is committed
     * @throws SQLException when nothing of the batch will be stored
     */
    Map<PendingAppend, AppendResult> appendAccepted(List<PendingAppend> batch) throws SQLException {
        connection.setAutoCommit(false);
        BatchDecision decision = BatchCheck.decide(connection, batch);
        if (!decision.accepted().isEmpty()) {
            decision.stored(insert(decision.accepted()));
        }
        return decision.answers();
    }

    int backendPid() throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    void commit() throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
    }

    void rollback() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private StoredBatch insert(List<PendingAppend> appends) throws SQLException {
        EventColumns columns = new EventColumns(appends);
        StreamVersions predecessors = StreamVersions.predecessors(appends);
        StreamVersions unchanged = StreamVersions.unchanged(appends);
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            statement.setArray(1, connection.createArrayOf("text", columns.companies()));
            statement.setArray(2, connection.createArrayOf("text", predecessors.ids()));
            statement.setArray(3, connection.createArrayOf("int8", predecessors.sequences()));
            statement.setArray(4, connection.createArrayOf("text", unchanged.ids()));
            statement.setArray(5, connection.createArrayOf("int8", unchanged.sequences()));
            columns.bind(connection, statement, 6);
            try (ResultSet rows = statement.executeQuery()) {
                return stored(columns, rows);
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

    /**
     * Waits until no other transaction can be writing, and answers which of the appends are stored.
     * A transaction stores its appends together with all of their events.
     */
    Map<PendingAppend, Stored> lookUp(List<PendingAppend> appends) throws SQLException {
        Map<UUID, PendingAppend> byFirstEvent = new HashMap<>();
        appends.forEach(append -> byFirstEvent.put(append.rows().getFirst().eventId(), append));
        Map<PendingAppend, Stored> found = new HashMap<>();
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(LOCK_AND_LOOK_UP)) {
            statement.setArray(
                    1, connection.createArrayOf("uuid", byFirstEvent.keySet().toArray()));
            statement.execute();
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    PendingAppend append = byFirstEvent.get(rows.getObject(1, UUID.class));
                    if (append != null) {
                        found.put(append, new Stored(storedAt(append, rows)));
                    }
                }
            }
        }
        rollback();
        return found;
    }

    private static StoredAt storedAt(PendingAppend append, ResultSet row) throws SQLException {
        return new StoredAt(
                row.getLong(2),
                row.getLong(3),
                append.rows().size(),
                row.getObject(4, OffsetDateTime.class).toInstant());
    }

    /**
     * Writes without storing anything.
     *
     * @throws SQLException when the database takes no writes
     */
    void probeWrites() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update event_log_head set last_index = last_index");
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("A dead connection did not close", e);
        }
    }
}
