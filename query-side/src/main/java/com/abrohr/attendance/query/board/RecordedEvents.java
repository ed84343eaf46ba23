package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.identity.MetadataKeys;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializationException;

import java.time.Instant;
import java.util.OptionalLong;

/** Reads what the log says about an event out of its message. */
public final class RecordedEvents {

    private RecordedEvents() {}

    /**
     * @param stream of the event
     * @throws RuntimeException when payload or metadata cannot be read, or are not of that stream
     */
    public static Recorded read(DomainEventMessage<?> message, StreamId stream) {
        return read(message, stream, Long.parseLong(text(message, MetadataKeys.COMPANY_SEQ)));
    }

    /**
     * @param seq the company's number of the event, which its metadata need not say
     * @throws RuntimeException when payload or metadata cannot be read, or are not of that stream
     */
    public static Recorded read(DomainEventMessage<?> message, StreamId stream, long seq) {
        if (!(message.getPayload() instanceof DomainEvent event)) {
            throw new IllegalStateException(
                    "unknown payload type " + message.getPayloadType().getName());
        }
        if (!event.companyId().equals(stream.companyId())
                || !event.employeeId().equals(stream.employeeId())) {
            throw new IllegalStateException("the event is about somebody else than its stream");
        }
        return new Recorded(
                event,
                seq,
                BoardFold.micros(message.getTimestamp()),
                BoardFold.micros(Instant.parse(text(message, MetadataKeys.RECEIVED_AT))),
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
