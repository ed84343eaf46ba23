package com.abrohr.attendance.messages.attendance;

import com.abrohr.attendance.messages.PersonalData;
import com.abrohr.attendance.messages.PersonalData.Category;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

public record CorrectionRequested(
        String companyId,
        String employeeId,
        String sessionId,
        @Nullable Instant punchInTime,
        @Nullable Instant punchOutTime,
        @PersonalData(Category.FREE_TEXT) @Nullable String reason,
        String requestedBy)
        implements AttendanceEvent {}
