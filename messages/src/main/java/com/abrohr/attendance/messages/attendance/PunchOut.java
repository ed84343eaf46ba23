package com.abrohr.attendance.messages.attendance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

public record PunchOut(
        String companyId,
        String employeeId,
        String commandId,
        @Nullable Instant occurredAt,
        @Nullable String zoneId,
        @Nullable Location location,
        boolean offline)
        implements TimeClockCommand, Punch {
    /** An online punch. */
    public PunchOut(
            String companyId,
            String employeeId,
            String commandId,
            @Nullable Instant occurredAt,
            @Nullable String zoneId,
            @Nullable Location location) {
        this(companyId, employeeId, commandId, occurredAt, zoneId, location, false);
    }

    public PunchOut withOffline(boolean said) {
        return new PunchOut(companyId, employeeId, commandId, occurredAt, zoneId, location, said);
    }
}
