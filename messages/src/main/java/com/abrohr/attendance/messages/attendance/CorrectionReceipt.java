package com.abrohr.attendance.messages.attendance;

import com.abrohr.attendance.messages.Receipt;

public record CorrectionReceipt(String sessionId, String employeeId, String commandId, long seq)
        implements Receipt {
    @Override
    public String writtenId() {
        return sessionId;
    }
}
