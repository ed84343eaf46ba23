package com.abrohr.attendance.messages;

/** The streams that the log keeps of each employee; each is numbered from 0 without gaps. */
public enum EmployeeStream {
    EMPLOYEE,
    TIME_CLOCK,
    LEAVE_ACCOUNT
}
