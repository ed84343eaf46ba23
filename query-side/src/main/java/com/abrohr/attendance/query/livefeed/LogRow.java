package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.query.board.BoardFold;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

import java.time.Instant;

/**
 * One event where the log keeps it.
 *
 * @param globalIndex its place in the order of the whole log
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

    /** An event as this node's writer hands it on. */
    static LogRow of(EventMessage<?> committed) {
        var event = (DomainEventMessage<?>) committed;
        var payload = (DomainEvent) event.getPayload();
        return new LogRow(
                placeOf(committed),
                payload.companyId(),
                Long.parseLong((String) event.getMetaData().get(MetadataKeys.COMPANY_SEQ)),
                payload.employeeId(),
                BoardFold.micros(event.getTimestamp()),
                event);
    }

    static long placeOf(EventMessage<?> committed) {
        return ((TrackedEventMessage<?>) committed).trackingToken().position().orElseThrow();
    }
}
