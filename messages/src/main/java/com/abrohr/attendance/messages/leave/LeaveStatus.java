package com.abrohr.attendance.messages.leave;

public enum LeaveStatus {
    PENDING,
    APPROVED,
    REJECTED,
    WITHDRAWN
}
