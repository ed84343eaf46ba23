package com.abrohr.attendance.command.eventlog;

import com.abrohr.attendance.messages.identity.MetadataKeys;

import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A row of the log as Axon wants it: its timestamp is recorded_at, and its metadata has the
 * company's number, which is not stored there.
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
            global_index, company_seq, event_id, aggregate_type, aggregate_id, sequence, recorded_at,
            payload_type, payload_revision, payload, metadata""";

    private static final byte[] MEMBER =
            ("{\"" + MetadataKeys.COMPANY_SEQ + "\":\"").getBytes(StandardCharsets.US_ASCII);

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
                numbered(row.getBytes("metadata"), row.getLong("company_seq")));
    }

    /** Puts the number in front of the other members; what is no JSON object stays as it is. */
    private static byte[] numbered(byte[] metadata, long companySeq) {
        if (metadata.length < 2 || metadata[0] != '{') {
            return metadata;
        }
        byte[] number = Long.toString(companySeq).getBytes(StandardCharsets.US_ASCII);
        boolean alone = metadata[1] == '}';
        ByteBuffer numbered =
                ByteBuffer.allocate(
                        MEMBER.length + number.length + metadata.length + (alone ? 0 : 1));
        numbered.put(MEMBER).put(number).put((byte) '"');
        if (!alone) {
            numbered.put((byte) ',');
        }
        return numbered.put(metadata, 1, metadata.length - 1).array();
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
