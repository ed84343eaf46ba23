package com.abrohr.attendance.messages.leave;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

public record LeaveRequestView(
        String id,
        String employeeId,
        String displayName,
        String leaveType,
        LocalDate startDate,
        LocalDate endDate,
        @Nullable String reason,
        LeaveStatus status,
        Instant submittedAt,
        @Nullable Instant decidedAt,
        @Nullable String decidedBy,
        @Nullable String comment) {}
