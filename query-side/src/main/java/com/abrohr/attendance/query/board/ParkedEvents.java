package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.query.board.BoardBatch.RowKey;
import com.abrohr.attendance.query.board.StreamId.EmployeeKey;
import com.abrohr.attendance.query.board.StreamId.Kind;
import com.abrohr.attendance.query.livefeed.LiveFeed;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionTemplate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import javax.sql.DataSource;

/** The events that wait because one before them could not be applied. */
public class ParkedEvents {

    private final DataSource dataSource;
    private final TransactionTemplate transaction;
    private final BoardTables tables;
    private final SequencedDeadLetterQueue<EventMessage<?>> deadLetters;
    private final LiveFeed feed;

    ParkedEvents(
            DataSource dataSource,
            TransactionTemplate transaction,
            BoardTables tables,
            SequencedDeadLetterQueue<EventMessage<?>> deadLetters,
            LiveFeed feed) {
        this.dataSource = dataSource;
        this.transaction = transaction;
        this.tables = tables;
        this.deadLetters = deadLetters;
        this.feed = feed;
    }

    /** How many events wait, of how many employees. */
    public Count count() {
        return new Count(deadLetters.size(), deadLetters.amountOfSequences());
    }

    public record Count(long events, long employees) {}

    /**
     * Applies all that waits of one employee, in order, and lets later events through again: all of
     * it or nothing.
     *
     * @return how many events were applied
     * @throws RuntimeException why one of them still cannot be; nothing has changed then
     */
    public int retry(String companyId, String employeeId) {
        var employee = new EmployeeKey(companyId, employeeId);
        Applied applied =
                Objects.requireNonNull(
                        transaction.execute(
                                _ -> {
                                    try {
                                        return apply(employee);
                                    } catch (SQLException e) {
                                        throw Poison.unchecked(e);
                                    }
                                }));
        applied.batch().entries().forEach(feed::committed);
        return applied.events();
    }

    private record Applied(BoardBatch batch, int events) {}

    private Applied apply(EmployeeKey employee) throws SQLException {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            // The head's lock keeps the projection from queueing more meanwhile.
            tables.load(connection, Set.of(employee), Set.of(), Set.of());
            String space =
                    new StreamId(Kind.EMPLOYEE, employee.companyId(), employee.employeeId())
                            .parkingSpace();
            List<DeadLetter<? extends EventMessage<?>>> letters = new ArrayList<>();
            deadLetters.deadLetterSequence(space).forEach(letters::add);
            List<Collected> events = new ArrayList<>();
            List<Recorded> recorded = new ArrayList<>();
            Set<RowKey> sessions = new HashSet<>();
            Set<RowKey> requests = new HashSet<>();
            for (DeadLetter<? extends EventMessage<?>> letter : letters) {
                Collected event = collected(letter.message());
                Recorded read = event.read();
                events.add(event);
                recorded.add(read);
                switch (read.event()) {
                    case AttendanceEvent e ->
                            sessions.add(new RowKey(employee.companyId(), e.sessionId()));
                    case LeaveEvent e ->
                            requests.add(new RowKey(employee.companyId(), e.leaveId()));
                    default -> {}
                }
            }
            BoardBatch batch = tables.load(connection, Set.of(employee), sessions, requests);
            batch.unpark(employee);
            for (int i = 0; i < events.size(); i++) {
                batch.apply(events.get(i).stream(), recorded.get(i), false);
            }
            tables.write(connection, batch);
            letters.forEach(deadLetters::evict);
            return new Applied(batch, events.size());
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private static Collected collected(EventMessage<?> message) {
        if (message instanceof DomainEventMessage<?> event) {
            return StreamId.parse(event.getAggregateIdentifier())
                    .map(stream -> new Collected(event, stream, false))
                    .orElseThrow();
        }
        throw new IllegalStateException("a dead letter of no stream");
    }
}
