package com.abrohr.attendance.query.eventlog;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.query.read.Timestamps;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializationException;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * One event with what the log says about it; instants to the microsecond, as the tables keep them.
 *
 * @param employee whom it is about
 * @param seq the company's number of the event
 * @param source see {@link com.abrohr.attendance.messages.identity.Source}
 * @param offline see {@link MetadataKeys#OFFLINE}
 */
public record RecordedEvent(
        EmployeeKey employee,
        DomainEvent event,
        long seq,
        Instant recordedAt,
        Instant receivedAt,
        String commandId,
        String source,
        boolean offline) {
    /**
     * Reads a message that says its number in its metadata.
     *
     * @param stream of the event
     * @throws RuntimeException when payload or metadata cannot be read, or are not of that stream
     */
    public static RecordedEvent read(DomainEventMessage<?> message, StreamId stream) {
        return read(message, stream, Long.parseLong(text(message, MetadataKeys.COMPANY_SEQ)));
    }

    /**
     * @param seq the company's number of the event, which its metadata need not say
     * @throws RuntimeException when payload or metadata cannot be read, or are not of that stream
     */
    public static RecordedEvent read(DomainEventMessage<?> message, StreamId stream, long seq) {
        if (!(message.getPayload() instanceof DomainEvent event)) {
            throw new IllegalStateException(
                    "unknown payload type " + message.getPayloadType().getName());
        }
        if (!event.companyId().equals(stream.companyId())
                || !event.employeeId().equals(stream.employeeId())) {
            throw new IllegalStateException("the event is about another employee than its stream");
        }
        return new RecordedEvent(
                stream.employee(),
                event,
                seq,
                Timestamps.micros(message.getTimestamp()),
                Timestamps.micros(Instant.parse(text(message, MetadataKeys.RECEIVED_AT))),
                text(message, MetadataKeys.COMMAND_ID),
                text(message, MetadataKeys.SOURCE),
                "true".equals(message.getMetaData().get(MetadataKeys.OFFLINE)));
    }

    /** The company's number of an event; empty when its metadata cannot be read. */
    public static OptionalLong seqOf(DomainEventMessage<?> message) {
        try {
            return message.getMetaData().get(MetadataKeys.COMPANY_SEQ) instanceof String seq
                    ? OptionalLong.of(Long.parseLong(seq))
                    : OptionalLong.empty();
        } catch (SerializationException e) {
            return OptionalLong.empty();
        }
    }

    private static String text(DomainEventMessage<?> message, String key) {
        if (message.getMetaData().get(key) instanceof String text) {
            return text;
        }
        throw new IllegalStateException("metadata without " + key);
    }
}
