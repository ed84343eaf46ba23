package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.board.StreamId;
import com.abrohr.attendance.query.board.StreamId.EmployeeKey;
import com.abrohr.attendance.query.board.StreamId.Kind;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionTemplate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import javax.sql.DataSource;

/** The events that wait because one before them could not be applied. */
public class DeadLetters {

    private final DataSource dataSource;
    private final TransactionTemplate transaction;
    private final ReadModelTables tables;
    private final DeadLetterQueue queue;
    private final EventStore log;
    private final Clock clock;

    DeadLetters(
            DataSource dataSource,
            TransactionTemplate transaction,
            ReadModelTables tables,
            DeadLetterQueue queue,
            EventStore log,
            Clock clock) {
        this.dataSource = dataSource;
        this.transaction = transaction;
        this.tables = tables;
        this.queue = queue;
        this.log = log;
        this.clock = clock;
    }

    /** How many events wait, of how many employees. */
    public Count count() {
        return new Count(queue.letters(), queue.sequences());
    }

    public record Count(long events, long employees) {}

    /**
     * Applies all that waits of one employee, in order, and lets later events through again: all of
     * it or nothing.
     *
     * @return how many events waited
     * @throws RuntimeException why one of them still cannot be applied; nothing has changed then
     */
    public int retry(String companyId, String employeeId) {
        var employee = new EmployeeKey(companyId, employeeId);
        return Objects.requireNonNull(
                transaction.execute(
                        _ -> {
                            try {
                                return apply(employee);
                            } catch (SQLException e) {
                                throw FailureClassifier.unchecked(e);
                            }
                        }));
    }

    private int apply(EmployeeKey employee) throws SQLException {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            BoundedTransactionManager.allowLonger(connection);
            // The lock of the position keeps the projection from queueing more meanwhile.
            ProjectionBatch batch =
                    tables.load(connection, Set.of(employee.companyId()), Set.of(employee));
            List<DeadLetter<? extends EventMessage<?>>> letters =
                    queue.lettersOf(
                            new StreamId(
                                    Kind.EMPLOYEE, employee.companyId(), employee.employeeId()));
            if (letters.isEmpty() && !batch.isParked(employee)) {
                return 0;
            }
            batch.unpark(employee, clock.instant());
            for (DeadLetter<? extends EventMessage<?>> letter : letters) {
                DomainEventMessage<?> event = asLogged(DeadLetterQueue.eventOf(letter));
                StreamId stream = StreamId.parse(event.getAggregateIdentifier()).orElseThrow();
                batch.reapply(
                        stream, new PendingEvent(event, stream.companyId(), stream).read(stream));
            }
            tables.write(connection, batch);
            letters.forEach(queue::evict);
            tables.notifyBoards(connection, employee.companyId());
            return letters.size();
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** The event may have been mended there, and a letter keeps times in milliseconds only. */
    private DomainEventMessage<?> asLogged(DomainEventMessage<?> letter) {
        DomainEventStream stream =
                log.readEvents(letter.getAggregateIdentifier(), letter.getSequenceNumber());
        if (!stream.hasNext()) {
            throw new IllegalStateException(
                    "the log has no event " + letter.getIdentifier() + " any more");
        }
        return stream.next();
    }
}
