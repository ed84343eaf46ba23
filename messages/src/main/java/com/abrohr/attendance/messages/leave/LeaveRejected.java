package com.abrohr.attendance.messages.leave;

import com.abrohr.attendance.messages.PersonalData;
import com.abrohr.attendance.messages.PersonalData.Category;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/**
 * @param leaveType of the request; it and the dates are null in events of revision 1
 */
public record LeaveRejected(
        String companyId,
        String employeeId,
        String leaveId,
        @Nullable String leaveType,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate,
        String rejectedBy,
        @PersonalData(Category.FREE_TEXT) @Nullable String comment)
        implements LeaveEvent {}
