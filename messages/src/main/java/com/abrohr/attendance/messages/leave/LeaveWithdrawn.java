package com.abrohr.attendance.messages.leave;

public record LeaveWithdrawn(String companyId, String employeeId, String leaveId)
        implements LeaveEvent {}
