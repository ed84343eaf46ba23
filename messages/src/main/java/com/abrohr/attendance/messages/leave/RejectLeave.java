package com.abrohr.attendance.messages.leave;

import org.jspecify.annotations.Nullable;

public record RejectLeave(
        String companyId,
        String employeeId,
        String commandId,
        String leaveId,
        @Nullable String comment)
        implements LeaveCommand {}
