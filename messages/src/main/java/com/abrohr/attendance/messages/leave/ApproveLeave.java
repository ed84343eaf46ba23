package com.abrohr.attendance.messages.leave;

import org.jspecify.annotations.Nullable;

public record ApproveLeave(
        String companyId,
        String employeeId,
        String commandId,
        String leaveId,
        @Nullable String comment)
        implements LeaveCommand {}
