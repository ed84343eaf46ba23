package com.abrohr.attendance.messages.attendance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

public record PunchView(
        String employeeId,
        PunchType type,
        String sessionId,
        Instant occurredAt,
        Instant receivedAt,
        Instant recordedAt,
        String source,
        String commandId,
        String zoneId,
        @Nullable String siteId,
        @Nullable Location location) {}
