package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.eventlog.StreamId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceUtils;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

/**
 * Writes a batch of events into the tables, in the transaction that is open on this thread. The
 * whole batch goes first; where it fails it is halved under savepoints until the event at fault
 * stands alone. That one and later ones of its employee become dead letters; everybody else goes
 * on.
 */
class ReadModelWriter {
    private static final Logger log = LoggerFactory.getLogger(ReadModelWriter.class);

    private final DataSource dataSource;
    private final BatchRepository batches;
    private final DeadLetterQueue deadLetters;
    private final Clock clock;

    ReadModelWriter(
            DataSource dataSource,
            BatchRepository batches,
            DeadLetterQueue deadLetters,
            Clock clock) {
        this.dataSource = dataSource;
        this.batches = batches;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /**
     * @param failedBefore whether these events were refused by the database before, which ends a
     *     transaction that has no savepoint
     * @return the new positions of the companies that events belong to
     * @throws SequenceGap when the log showed an event too early
     * @throws RuntimeException when the database, not an event, is at fault, or when that cannot be
     *     known without savepoints: try again
     */
    Map<String, Long> write(List<PendingEvent> events, boolean failedBefore) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            Map<String, Long> moved = new LinkedHashMap<>();
            if (failedBefore) {
                writeOrSplit(connection, events, moved);
            } else {
                writeAtOnce(connection, events, moved);
            }
            return moved;
        } catch (SQLException e) {
            throw FailureClassifier.unchecked(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** Empties the tables for a rebuild, in the transaction that resets the tokens. */
    void clear() {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            batches.truncate(connection);
            deadLetters.clear();
        } catch (SQLException e) {
            throw FailureClassifier.unchecked(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private void writeAtOnce(
            Connection connection, List<PendingEvent> events, Map<String, Long> moved)
            throws SQLException {
        ProjectionBatch batch = batches.load(connection, events);
        try {
            events.forEach(batch::apply);
        } catch (RuntimeException e) {
            if (!FailureClassifier.isEventAtFault(e)) {
                throw e;
            }
            // Nothing is written yet, so the event can still be found in this transaction.
            writeOrSplit(connection, events, moved);
            return;
        }
        store(connection, batch, moved);
    }

    private void writeOrSplit(
            Connection connection, List<PendingEvent> events, Map<String, Long> moved)
            throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            ProjectionBatch batch = batches.load(connection, events);
            events.forEach(batch::apply);
            store(connection, batch, moved);
            connection.releaseSavepoint(savepoint);
        } catch (SQLException | RuntimeException e) {
            if (!FailureClassifier.isEventAtFault(e)) {
                throw e;
            }
            connection.rollback(savepoint);
            if (events.size() == 1) {
                deadLetter(connection, events.getFirst(), e, moved);
            } else {
                int half = events.size() / 2;
                writeOrSplit(connection, events.subList(0, half), moved);
                writeOrSplit(connection, events.subList(half, events.size()), moved);
            }
        }
    }

    private void store(Connection connection, ProjectionBatch batch, Map<String, Long> moved)
            throws SQLException {
        batches.write(connection, batch);
        batch.deadLetters().forEach(deadLetters::enqueue);
        moved.putAll(batch.movedPositions());
    }

    private void deadLetter(
            Connection connection, PendingEvent event, Exception cause, Map<String, Long> moved)
            throws SQLException {
        StreamId stream = event.stream();
        if (stream == null) {
            throw FailureClassifier.unchecked(cause);
        }
        log.error(
                "event {} cannot be applied: {} is UNKNOWN until its dead letters are retried",
                event,
                stream,
                cause);
        ProjectionBatch batch = batches.load(connection, List.of(event));
        batch.deadLetter(event, stream.employee(), clock.instant());
        store(connection, batch, moved);
        deadLetters.enqueue(event, cause);
        batches.notifyBoards(connection, stream.companyId());
    }
}
