package com.abrohr.attendance.command.eventstore;

import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * One event, ready to be inserted; its places in the log and recorded_at are given by the writer.
 *
 * @param event as it was applied, with the metadata that is not stored
 */
@SuppressWarnings("ArrayRecordComponent") // rows are written, never compared
record EventRow(
        DomainEventMessage<?> event,
        UUID eventId,
        String aggregateType,
        String aggregateId,
        long sequence,
        int commandStep,
        byte @Nullable [] fingerprint,
        String payloadType,
        @Nullable String payloadRevision,
        byte[] payload,
        byte[] metadata) {

    int size() {
        return payload.length + metadata.length;
    }
}
