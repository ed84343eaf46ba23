package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.identity.MetadataKeys;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.MetaData;

import java.time.Instant;

/** An event that waits for the flush of its batch, its payload not yet read. */
record Collected(DomainEventMessage<?> message, StreamId stream, boolean replayed) {

    static Collected of(DomainEventMessage<?> message, StreamId stream) {
        boolean replayed =
                message instanceof TrackedEventMessage<?> tracked && ReplayToken.isReplay(tracked);
        return new Collected(message, stream, replayed);
    }

    /**
     * @throws RuntimeException when payload or metadata cannot be read
     */
    Recorded read() {
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
                message.getSequenceNumber(),
                BoardFold.micros(message.getTimestamp()),
                BoardFold.micros(Instant.parse(text(metadata, MetadataKeys.RECEIVED_AT))),
                text(metadata, MetadataKeys.COMMAND_ID),
                text(metadata, MetadataKeys.SOURCE),
                "true".equals(metadata.get(MetadataKeys.OFFLINE)));
    }

    private static String text(MetaData metadata, String key) {
        if (metadata.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalStateException("metadata without " + key);
    }
}
