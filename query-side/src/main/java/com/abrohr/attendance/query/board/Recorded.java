package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.DomainEvent;

import java.time.Instant;

/**
 * One event as the log keeps it.
 *
 * @param seq the company's number of the event
 * @param source see {@link com.abrohr.attendance.messages.identity.Source}
 * @param offline see {@link com.abrohr.attendance.messages.identity.MetadataKeys#OFFLINE}
 */
public record Recorded(
        DomainEvent event,
        long seq,
        Instant recordedAt,
        Instant receivedAt,
        String commandId,
        String source,
        boolean offline) {}
