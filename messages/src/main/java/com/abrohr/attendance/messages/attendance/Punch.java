package com.abrohr.attendance.messages.attendance;

import com.abrohr.attendance.messages.EmployeeCommand;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What every punch says. */
public sealed interface Punch extends EmployeeCommand permits PunchIn, PunchOut {
    /** Punches that a batch may hold. */
    int MOST_IN_A_BATCH = 100;

    /**
     * When the person says it happened; null when the client named no time, then the receipt is
     * taken. An offline punch always names one.
     */
    @Nullable Instant occurredAt();

    /** IANA zone that the client named; null for the employee's own. */
    @Nullable String zoneId();

    @Nullable Location location();

    /** Whether it was made without a connection and sent later: then occurredAt counts. */
    boolean offline();
}
