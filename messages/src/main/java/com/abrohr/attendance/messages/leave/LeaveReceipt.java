package com.abrohr.attendance.messages.leave;

import com.abrohr.attendance.messages.Receipt;

public record LeaveReceipt(
        String leaveId, LeaveStatus status, String employeeId, String commandId, long seq)
        implements Receipt {
    @Override
    public String writtenId() {
        return leaveId;
    }
}
