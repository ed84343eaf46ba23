package com.abrohr.attendance.command.eventstore;

import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A row of the log as Axon wants it: its timestamp is recorded_at, and its metadata is {@link
 * LoggedMetadata}.
 */
@SuppressWarnings("ArrayRecordComponent") // rows are read once, never compared
record LoggedEvent(
        String type,
        String aggregateId,
        long sequence,
        String eventId,
        Instant recordedAt,
        String payloadType,
        @Nullable String payloadRevision,
        byte[] payload,
        byte[] metadata)
        implements DomainEventData<byte[]> {
    /** What {@link #of} reads. */
    static final String COLUMNS =
            """
            global_index, company_id, company_seq, event_id, aggregate_type, aggregate_id, sequence, recorded_at,
            payload_type, payload_revision, payload, metadata""";

    static LoggedEvent of(ResultSet row) throws SQLException {
        return new LoggedEvent(
                row.getString("aggregate_type"),
                row.getString("aggregate_id"),
                row.getLong("sequence"),
                row.getString("event_id"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getString("payload_type"),
                row.getString("payload_revision"),
                row.getBytes("payload"),
                LoggedMetadata.of(
                        row.getBytes("metadata"),
                        row.getString("company_id"),
                        row.getLong("company_seq")));
    }

    @Override
    public String getType() {
        return type;
    }

    @Override
    public String getAggregateIdentifier() {
        return aggregateId;
    }

    @Override
    public long getSequenceNumber() {
        return sequence;
    }

    @Override
    public String getEventIdentifier() {
        return eventId;
    }

    @Override
    public Instant getTimestamp() {
        return recordedAt;
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return new SerializedMetaData<>(metadata, byte[].class);
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        return new SimpleSerializedObject<>(payload, byte[].class, payloadType, payloadRevision);
    }
}
