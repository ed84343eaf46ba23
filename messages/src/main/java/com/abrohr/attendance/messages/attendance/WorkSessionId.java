package com.abrohr.attendance.messages.attendance;

import com.abrohr.attendance.messages.EmployeeNumber;

import java.util.Optional;

/**
 * Names a work session within its company, written {@code ws-<number>-<employeeId>}.
 *
 * @param number the number of the work session in the employee's clock, from 1
 */
public record WorkSessionId(String employeeId, long number) {
    private static final String PREFIX = "ws-";

    @Override
    public String toString() {
        return new EmployeeNumber(employeeId, number).written(PREFIX);
    }

    /** Empty when the text is no id that this class writes. */
    public static Optional<WorkSessionId> parse(String text) {
        return EmployeeNumber.parse(PREFIX, text)
                .map(read -> new WorkSessionId(read.employeeId(), read.number()));
    }
}
