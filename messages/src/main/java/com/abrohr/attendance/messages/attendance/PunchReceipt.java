package com.abrohr.attendance.messages.attendance;

import com.abrohr.attendance.messages.Receipt;

import java.time.Instant;

public record PunchReceipt(
        String sessionId,
        PunchType type,
        String employeeId,
        String commandId,
        Instant occurredAt,
        Instant countedAt,
        long seq)
        implements Receipt {
    @Override
    public String writtenId() {
        return sessionId;
    }
}
