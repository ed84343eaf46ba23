package com.abrohr.attendance.messages.attendance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * @param occurredAt when the person says it happened; null when the client named no time, then the
 *     receipt is taken
 * @param zoneId IANA zone that the client named; null for the employee's own
 */
public record PunchIn(
        String companyId,
        String employeeId,
        String commandId,
        @Nullable Instant occurredAt,
        @Nullable String zoneId,
        @Nullable Location location)
        implements TimeClockCommand {}
