package com.abrohr.attendance.messages.attendance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

/**
 * @param punchOutTime null while the session is open
 */
public record WorkSessionView(
        String id,
        String employeeId,
        LocalDate businessDate,
        String zoneId,
        Instant punchInTime,
        @Nullable Instant punchOutTime,
        boolean corrected) {}
