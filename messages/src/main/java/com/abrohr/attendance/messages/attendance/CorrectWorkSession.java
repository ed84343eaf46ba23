package com.abrohr.attendance.messages.attendance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A correction requested and decided in one by a manager or HR: the guide's attendance_update.
 *
 * @param punchInTime the right start; null leaves it as it is
 * @param punchOutTime the right end; null leaves it as it is. At least one of the two is given
 */
public record CorrectWorkSession(
        String companyId,
        String employeeId,
        String commandId,
        String sessionId,
        @Nullable Instant punchInTime,
        @Nullable Instant punchOutTime,
        @Nullable String reason)
        implements TimeClockCommand {}
