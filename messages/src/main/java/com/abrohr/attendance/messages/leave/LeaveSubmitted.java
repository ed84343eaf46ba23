package com.abrohr.attendance.messages.leave;

import com.abrohr.attendance.messages.PersonalData;
import com.abrohr.attendance.messages.PersonalData.Category;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

public record LeaveSubmitted(
        String companyId,
        String employeeId,
        String leaveId,
        String leaveType,
        LocalDate startDate,
        LocalDate endDate,
        @PersonalData(Category.FREE_TEXT) @Nullable String reason)
        implements LeaveEvent {}
