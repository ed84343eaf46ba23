package com.abrohr.attendance.messages.leave;

public record WithdrawLeave(String companyId, String employeeId, String commandId, String leaveId)
        implements LeaveCommand {}
