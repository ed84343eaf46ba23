package com.abrohr.attendance.query.livefeed;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

/** What events of an older revision do not say themselves, of the employee that they are about. */
interface OlderFacts {

    /** When a work session began; null when that is not known. */
    @Nullable Instant sessionStart(String sessionId);

    /** Type and dates of a leave request; null when they are not known. */
    @Nullable LeaveFacts leave(String leaveId);

    record LeaveFacts(String leaveType, LocalDate startDate, LocalDate endDate) {}
}
