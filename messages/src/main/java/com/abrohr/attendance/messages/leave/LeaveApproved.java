package com.abrohr.attendance.messages.leave;

import com.abrohr.attendance.messages.PersonalData;
import com.abrohr.attendance.messages.PersonalData.Category;

import org.jspecify.annotations.Nullable;

public record LeaveApproved(
        String companyId,
        String employeeId,
        String leaveId,
        String approvedBy,
        @PersonalData(Category.FREE_TEXT) @Nullable String comment)
        implements LeaveEvent {}
