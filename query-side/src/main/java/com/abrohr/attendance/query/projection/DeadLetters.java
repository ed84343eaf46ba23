package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.eventlog.StreamId;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import javax.sql.DataSource;

/** The events that could not be applied, and all later ones of their employees. */
public class DeadLetters {
    /**
     * The channel on which PostgreSQL notifies that events of an employee became dead letters, or
     * no longer are. The payload is the company's id.
     */
    public static final String CHANNEL = "live_board";

    private final DataSource dataSource;
    private final TransactionTemplate transaction;
    private final BatchRepository batches;
    private final DeadLetterQueue queue;
    private final EventStore log;
    private final Clock clock;

    DeadLetters(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            BatchRepository batches,
            DeadLetterQueue queue,
            EventStore log,
            Clock clock) {
        this.dataSource = dataSource;
        this.transaction = new TransactionTemplate(transactions);
        this.batches = batches;
        this.queue = queue;
        this.log = log;
        this.clock = clock;
    }

    /** How many events are dead letters, of how many employees. */
    public Count count() {
        return new Count(queue.size(), queue.sequences());
    }

    public record Count(long events, long employees) {}

    /**
     * Applies all dead letters of one employee, in order, so that later events are applied again:
     * all of it or nothing.
     *
     * @return how many dead letters there were
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
            // The lock of the position keeps the projection from adding dead letters meanwhile.
            ProjectionBatch batch =
                    batches.load(connection, Set.of(employee.companyId()), Set.of(employee));
            List<DeadLetter<? extends EventMessage<?>>> deadLetters =
                    queue.deadLettersOf(
                            new StreamId(
                                    StreamId.Kind.EMPLOYEE,
                                    employee.companyId(),
                                    employee.employeeId()));
            if (deadLetters.isEmpty() && !batch.isDeadLettered(employee)) {
                return 0;
            }
            batch.revive(employee, clock.instant());
            for (DeadLetter<? extends EventMessage<?>> deadLetter : deadLetters) {
                DomainEventMessage<?> event = asLogged(DeadLetterQueue.eventOf(deadLetter));
                StreamId stream = StreamId.parse(event.getAggregateIdentifier()).orElseThrow();
                batch.reapply(RecordedEvent.read(event, stream));
            }
            batches.write(connection, batch);
            deadLetters.forEach(queue::evict);
            batches.notifyBoards(connection, employee.companyId());
            return deadLetters.size();
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** The event may have been repaired there, and the queue keeps times in milliseconds only. */
    private DomainEventMessage<?> asLogged(DomainEventMessage<?> deadLetter) {
        DomainEventStream stream =
                log.readEvents(deadLetter.getAggregateIdentifier(), deadLetter.getSequenceNumber());
        if (!stream.hasNext()) {
            throw new IllegalStateException(
                    "the log no longer has event " + deadLetter.getIdentifier());
        }
        return stream.next();
    }
}
