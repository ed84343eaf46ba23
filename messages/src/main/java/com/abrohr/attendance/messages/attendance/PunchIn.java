package com.abrohr.attendance.messages.attendance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

public record PunchIn(
        String companyId,
        String employeeId,
        String commandId,
        @Nullable Instant occurredAt,
        @Nullable String zoneId,
        @Nullable Location location,
        boolean offline)
        implements TimeClockCommand, Punch {
    /** An online punch. */
    public PunchIn(
            String companyId,
            String employeeId,
            String commandId,
            @Nullable Instant occurredAt,
            @Nullable String zoneId,
            @Nullable Location location) {
        this(companyId, employeeId, commandId, occurredAt, zoneId, location, false);
    }

    public PunchIn withOffline(boolean said) {
        return new PunchIn(companyId, employeeId, commandId, occurredAt, zoneId, location, said);
    }
}
