package com.abrohr.attendance.messages.attendance;

import com.abrohr.attendance.messages.EmployeeStream;
import com.abrohr.attendance.messages.Receipt;

public record CorrectionReceipt(String sessionId, String employeeId, String commandId, long seq)
        implements Receipt {

    /** Requested, approved, corrected. */
    private static final int EVENTS = 3;

    @Override
    public EmployeeStream stream() {
        return EmployeeStream.TIME_CLOCK;
    }

    @Override
    public long lastSeq() {
        return seq + EVENTS - 1;
    }
}
