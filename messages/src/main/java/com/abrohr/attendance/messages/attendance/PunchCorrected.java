package com.abrohr.attendance.messages.attendance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

/**
 * The session as it counts from now on; the original punches stay in the log.
 *
 * @param punchOutTime null while the session is open
 */
public record PunchCorrected(
        String companyId,
        String employeeId,
        String sessionId,
        Instant punchInTime,
        @Nullable Instant punchOutTime,
        LocalDate businessDate)
        implements AttendanceEvent {}
