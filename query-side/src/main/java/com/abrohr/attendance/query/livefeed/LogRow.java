package com.abrohr.attendance.query.livefeed;

import org.axonframework.eventhandling.DomainEventMessage;

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
        DomainEventMessage<?> message) {}
