package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.query.read.Timestamps;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.serialization.SerializedMessage;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.springframework.jdbc.core.RowMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Makes {@link LogRow}s of rows of the table event_log; payloads are read when asked for. */
final class LogRowMapper implements RowMapper<LogRow> {
    static final String COLUMNS =
            """
            e.global_index, e.company_id, e.company_seq, e.employee_id, e.recorded_at, e.event_id,
            e.aggregate_type, e.aggregate_id, e.sequence, e.payload_type, e.payload_revision,
            e.payload, e.metadata
            """;

    private final Serializer serializer;
    private final EventUpcaster upcasters;

    LogRowMapper(Serializer serializer, EventUpcaster upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    @Override
    public LogRow mapRow(ResultSet row, int number) throws SQLException {
        Instant recordedAt = Timestamps.required(row, 5);
        var type = new SimpleSerializedType(row.getString(10), row.getString(11));
        boolean current = !UnknownSerializedType.class.equals(serializer.classForType(type));
        return new LogRow(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                Timestamps.micros(recordedAt),
                current ? read(row, recordedAt, type) : upcast(row, recordedAt));
    }

    /** Of the newest revision, which no upcaster changes. */
    private DomainEventMessage<?> read(ResultSet row, Instant recordedAt, SerializedType type)
            throws SQLException {
        return new GenericDomainEventMessage<>(
                row.getString(7),
                row.getString(8),
                row.getLong(9),
                new SerializedMessage<>(
                        row.getString(6),
                        new SimpleSerializedObject<>(row.getBytes(12), byte[].class, type),
                        new SerializedMetaData<>(row.getBytes(13), byte[].class),
                        serializer),
                recordedAt);
    }

    private DomainEventMessage<?> upcast(ResultSet row, Instant recordedAt) throws SQLException {
        var stored =
                new TrackedDomainEventData<>(
                        GapAwareTrackingToken.newInstance(row.getLong(1), List.of()),
                        new GenericDomainEventEntry<>(
                                row.getString(7),
                                row.getString(8),
                                row.getLong(9),
                                row.getString(6),
                                recordedAt,
                                row.getString(10),
                                row.getString(11),
                                row.getBytes(12),
                                row.getBytes(13)));
        return (DomainEventMessage<?>)
                EventUtils.upcastAndDeserializeTrackedEvents(
                                Stream.of(stored), serializer, upcasters)
                        .findFirst()
                        .orElseThrow();
    }
}
