package com.abrohr.attendance.command.eventstore;

import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.stream.Stream;

import javax.sql.DataSource;

/**
 * Reads the log. Queries take a pooled connection each, for no longer than the query, whatever unit
 * of work is running: a command must not hold one while it waits for its commit.
 *
 * <p>An event of a type that this version does not know is handed to projections as an {@link
 * UnknownSerializedType}, but an aggregate is not loaded without it.
 */
abstract class LogStorageEngine extends JdbcEventStorageEngine {
    private static final EventSchema SCHEMA =
            EventSchema.builder()
                    .eventTable("event_log")
                    .globalIndexColumn("global_index")
                    .timestampColumn("recorded_at")
                    .eventIdentifierColumn("event_id")
                    .aggregateIdentifierColumn("aggregate_id")
                    .sequenceNumberColumn("sequence")
                    .typeColumn("aggregate_type")
                    .payloadTypeColumn("payload_type")
                    .payloadRevisionColumn("payload_revision")
                    .payloadColumn("payload")
                    .metaDataColumn("metadata")
                    .build();

    LogStorageEngine(Builder builder) {
        super(builder);
    }

    static Builder reading(
            DataSource dataSource, Serializer serializer, EventUpcaster upcasters, int batchSize) {
        return JdbcEventStorageEngine.builder()
                .schema(SCHEMA)
                .connectionProvider(dataSource::getConnection)
                .transactionManager(NoTransactionManager.INSTANCE)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .upcasterChain(upcasters)
                .batchSize(batchSize)
                .extendedGapCheckEnabled(false)
                .persistenceExceptionResolver(
                        failure -> LogConstraint.violatedBy(failure) == LogConstraint.SEQUENCE)
                .readEventDataForAggregate(LogStatements::ofAggregate)
                .readEventDataWithoutGaps(LogStatements::after)
                .readEventDataWithGaps(LogStatements::afterOrIn)
                .createTokenAt(LogStatements::tokenAt);
    }

    /** A short batch is the end of an aggregate: no second query to find nothing. */
    @Override
    protected boolean fetchForAggregateUntilEmpty() {
        return false;
    }

    @Override
    protected DomainEventData<?> getDomainEventData(ResultSet row) throws SQLException {
        return LoggedEvent.of(row);
    }

    @Override
    protected Object readTimeStamp(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    public DomainEventStream readEvents(String aggregateId, long firstSequence) {
        DomainEventStream stream = super.readEvents(aggregateId, firstSequence);
        return DomainEventStream.of(
                stream.asStream().map(LogStorageEngine::known), stream::getLastSequenceNumber);
    }

    private static DomainEventMessage<?> known(DomainEventMessage<?> event) {
        if (UnknownSerializedType.class.equals(event.getPayloadType())) {
            throw new EventStoreException(
                    "Event "
                            + event.getSequenceNumber()
                            + " of "
                            + event.getAggregateIdentifier()
                            + " is of a type that this version does not know");
        }
        return event;
    }

    /** Streams are short: no snapshots, and no query to find none. */
    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateId) {
        return Stream.empty();
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        throw new UnsupportedOperationException("The event log keeps no snapshots");
    }
}
