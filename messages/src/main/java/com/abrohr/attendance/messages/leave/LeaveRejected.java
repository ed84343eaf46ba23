package com.abrohr.attendance.messages.leave;

import com.abrohr.attendance.messages.PersonalData;
import com.abrohr.attendance.messages.PersonalData.Category;

import org.jspecify.annotations.Nullable;

public record LeaveRejected(
        String companyId,
        String employeeId,
        String leaveId,
        String rejectedBy,
        @PersonalData(Category.FREE_TEXT) @Nullable String comment)
        implements LeaveEvent {}
