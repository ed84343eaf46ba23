package com.abrohr.attendance.messages.leave;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/**
 * @param startDate first day of leave
 * @param endDate last day of leave, not before startDate
 */
public record SubmitLeave(
        String companyId,
        String employeeId,
        String commandId,
        String leaveType,
        LocalDate startDate,
        LocalDate endDate,
        @Nullable String reason)
        implements LeaveCommand {}
