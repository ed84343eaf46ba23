package com.abrohr.attendance.messages.attendance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * @param offline sent as made without a connection: occurredAt counted, not the receipt
 */
public record PunchView(
        String employeeId,
        PunchType type,
        String sessionId,
        Instant occurredAt,
        Instant receivedAt,
        Instant recordedAt,
        String source,
        boolean offline,
        String commandId,
        String zoneId,
        @Nullable String siteId,
        @Nullable Location location) {}
