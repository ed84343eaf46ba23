package com.abrohr.attendance.messages.leave;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/**
 * @param leaveType of the request; it and the dates are null in events of revision 1
 */
public record LeaveWithdrawn(
        String companyId,
        String employeeId,
        String leaveId,
        @Nullable String leaveType,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate)
        implements LeaveEvent {}
