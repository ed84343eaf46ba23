package com.abrohr.attendance.messages.leave;

import com.abrohr.attendance.messages.EmployeeNumber;

import java.util.Optional;

/**
 * Names a leave request within its company, written {@code lv-<number>-<employeeId>}.
 *
 * @param number the number of the leave request in the employee's leave account, from 1
 */
public record LeaveRequestId(String employeeId, long number) {
    private static final String PREFIX = "lv-";

    @Override
    public String toString() {
        return new EmployeeNumber(employeeId, number).written(PREFIX);
    }

    /** Empty when the text is no id that this class writes. */
    public static Optional<LeaveRequestId> parse(String text) {
        return EmployeeNumber.parse(PREFIX, text)
                .map(read -> new LeaveRequestId(read.employeeId(), read.number()));
    }
}
