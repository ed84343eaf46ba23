package com.abrohr.attendance.messages;

/**
 * Everything that can stand in the log; JDK types only, because events are the one thing that never
 * changes.
 */
public interface DomainEvent {
    String companyId();

    String employeeId();
}
