package com.abrohr.attendance.command.eventlog;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** One event, ready to be inserted; index and recorded_at are given by the writer. */
@SuppressWarnings("ArrayRecordComponent") // rows are written, never compared
record EventRow(
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
