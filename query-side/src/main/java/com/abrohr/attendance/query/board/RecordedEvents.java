package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import java.time.Instant;
import java.util.OptionalLong;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;

/** Reads what the log says about an event out of its message. */
public final class RecordedEvents {

    private RecordedEvents() {}

    /**
     * @param stream of the event
     * @throws RuntimeException when payload or metadata cannot be read, or are not of that stream
     */
    public static Recorded read(DomainEventMessage<?> message, StreamId stream) {
        if (!(message.getPayload() instanceof DomainEvent event)) {
            throw new IllegalStateException(
                    "unknown payload type " + message.getPayloadType().getName());
        }
        if (!event.companyId().equals(stream.companyId())
                || !event.employeeId().equals(stream.employeeId())) {
            throw new IllegalStateException("the event is about somebody else than its stream");
        }
        MetaData metadata = message.getMetaData();
        return new Recorded(
                event,
                Long.parseLong(text(metadata, MetadataKeys.COMPANY_SEQ)),
                BoardFold.micros(message.getTimestamp()),
                BoardFold.micros(Instant.parse(text(metadata, MetadataKeys.RECEIVED_AT))),
                text(metadata, MetadataKeys.COMMAND_ID),
                text(metadata, MetadataKeys.SOURCE),
                "true".equals(metadata.get(MetadataKeys.OFFLINE)));
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

    private static String text(MetaData metadata, String key) {
        if (metadata.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalStateException("metadata without " + key);
    }
}
