package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.query.read.Timestamps;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

import java.time.Instant;

/**
 * One event as a row of the log.
 *
 * @param globalIndex its index in the whole log
 * @param seq its company's number
 * @param message its payload and metadata, which may turn out to be unreadable
 */
record LogRow(
        long globalIndex,
        String companyId,
        long seq,
        String employeeId,
        Instant recordedAt,
        DomainEventMessage<?> message) {
    /** An event as this node's writer has committed it. */
    static LogRow of(EventMessage<?> committed) {
        var event = (DomainEventMessage<?>) committed;
        var payload = (DomainEvent) event.getPayload();
        return new LogRow(
                indexOf(committed),
                payload.companyId(),
                Long.parseLong((String) event.getMetaData().get(MetadataKeys.COMPANY_SEQ)),
                payload.employeeId(),
                Timestamps.micros(event.getTimestamp()),
                event);
    }

    static long indexOf(EventMessage<?> committed) {
        return ((TrackedEventMessage<?>) committed).trackingToken().position().orElseThrow();
    }
}
