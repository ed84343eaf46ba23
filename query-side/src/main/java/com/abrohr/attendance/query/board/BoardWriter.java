package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.query.board.BoardBatch.RowKey;
import com.abrohr.attendance.query.board.StreamId.EmployeeKey;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceUtils;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

/**
 * Writes a batch of events into the tables, in the transaction that is open on this thread. The
 * whole batch goes first; where it fails it is halved under savepoints until the event at fault
 * stands alone. That one is parked for its employee only; everybody else goes on.
 */
class BoardWriter {

    private static final Logger log = LoggerFactory.getLogger(BoardWriter.class);

    private final DataSource dataSource;
    private final BoardTables tables;
    private final SequencedDeadLetterQueue<EventMessage<?>> deadLetters;

    BoardWriter(
            DataSource dataSource,
            BoardTables tables,
            SequencedDeadLetterQueue<EventMessage<?>> deadLetters) {
        this.dataSource = dataSource;
        this.tables = tables;
        this.deadLetters = deadLetters;
    }

    /**
     * @throws SequenceGap when the log showed an event too early
     * @throws RuntimeException when the database, not an event, is at fault: try again later
     */
    Written write(List<Collected> events) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            var written = new Written();
            writeOrSplit(connection, events, written);
            return written;
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private void writeOrSplit(Connection connection, List<Collected> events, Written written) {
        Savepoint savepoint = savepoint(connection);
        try {
            written.add(writeTogether(connection, events));
            connection.releaseSavepoint(savepoint);
        } catch (SequenceGap e) {
            throw e;
        } catch (SQLException | RuntimeException e) {
            if (!Poison.isEventAtFault(e)) {
                throw Poison.unchecked(e);
            }
            rollback(connection, savepoint);
            if (events.size() == 1) {
                written.add(park(connection, events.getFirst(), e));
            } else {
                int half = events.size() / 2;
                writeOrSplit(connection, events.subList(0, half), written);
                writeOrSplit(connection, events.subList(half, events.size()), written);
            }
        }
    }

    private BoardBatch writeTogether(Connection connection, List<Collected> events)
            throws SQLException {
        Map<Collected, Recorded> read = new LinkedHashMap<>();
        Set<EmployeeKey> employees = new HashSet<>();
        Set<RowKey> sessions = new HashSet<>();
        Set<RowKey> requests = new HashSet<>();
        UnreadableEvent unreadable = null;
        for (Collected collected : events) {
            employees.add(collected.stream().employee());
            String company = collected.stream().companyId();
            try {
                Recorded recorded = collected.read();
                read.put(collected, recorded);
                switch (recorded.event()) {
                    case AttendanceEvent event ->
                            sessions.add(new RowKey(company, event.sessionId()));
                    case LeaveEvent event -> requests.add(new RowKey(company, event.leaveId()));
                    default -> {}
                }
            } catch (RuntimeException e) {
                unreadable = unreadable == null ? new UnreadableEvent(e) : unreadable;
            }
        }
        BoardBatch batch = tables.load(connection, employees, sessions, requests);
        for (Collected collected : events) {
            if (batch.isParked(collected.stream().employee())) {
                enqueue(collected, null);
                continue;
            }
            Recorded recorded = read.get(collected);
            if (recorded == null) {
                throw unreadable == null
                        ? new UnreadableEvent(new IllegalStateException("not read"))
                        : unreadable;
            }
            batch.apply(collected.stream(), recorded, collected.replayed());
        }
        tables.write(connection, batch);
        return batch;
    }

    private BoardBatch park(Connection connection, Collected poison, Exception cause) {
        log.error(
                "event {} cannot be applied: {} is parked and counts as UNKNOWN until its dead"
                        + " letters are retried",
                poison.message().getIdentifier(),
                poison.stream(),
                cause);
        try {
            EmployeeKey employee = poison.stream().employee();
            BoardBatch batch = tables.load(connection, Set.of(employee), Set.of(), Set.of());
            enqueue(poison, cause);
            batch.park(
                    employee, BoardFold.micros(poison.message().getTimestamp()), poison.replayed());
            tables.write(connection, batch);
            return batch;
        } catch (SQLException e) {
            throw Poison.unchecked(e);
        }
    }

    private void enqueue(Collected collected, @Nullable Exception cause) {
        String space = collected.stream().parkingSpace();
        EventMessage<?> message = collected.message();
        deadLetters.enqueue(
                space,
                cause == null
                        ? new GenericDeadLetter<>(space, message)
                        : new GenericDeadLetter<>(space, message)
                                .withCause(ThrowableCause.truncated(cause)));
    }

    private static Savepoint savepoint(Connection connection) {
        try {
            return connection.setSavepoint();
        } catch (SQLException e) {
            throw Poison.unchecked(e);
        }
    }

    private static void rollback(Connection connection, Savepoint savepoint) {
        try {
            connection.rollback(savepoint);
        } catch (SQLException e) {
            throw Poison.unchecked(e);
        }
    }

    /** What a flush left behind, for those who are told after the commit. */
    static final class Written {

        private final Map<String, List<FeedEntry>> entries = new LinkedHashMap<>();
        private final Set<String> rebuilt = new HashSet<>();
        private boolean numberedAnew;

        private void add(BoardBatch batch) {
            batch.entries()
                    .forEach(
                            (company, said) ->
                                    entries.computeIfAbsent(company, _ -> new ArrayList<>())
                                            .addAll(said));
            rebuilt.addAll(batch.rebuilt());
            numberedAnew |= batch.numberedAnew();
        }

        Map<String, List<FeedEntry>> entries() {
            return entries;
        }

        Set<String> rebuilt() {
            return rebuilt;
        }

        boolean numberedAnew() {
            return numberedAnew;
        }
    }
}
