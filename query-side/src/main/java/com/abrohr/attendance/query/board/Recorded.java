package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.DomainEvent;

import java.time.Instant;

/**
 * One event as the log keeps it.
 *
 * @param sequence its number in its own stream, from 0
 * @param source see {@link com.abrohr.attendance.messages.identity.Source}
 * @param offline see {@link com.abrohr.attendance.messages.identity.MetadataKeys#OFFLINE}
 */
record Recorded(
        DomainEvent event,
        long sequence,
        Instant recordedAt,
        Instant receivedAt,
        String commandId,
        String source,
        boolean offline) {}
