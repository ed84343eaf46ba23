package com.abrohr.attendance.messages;

/**
 * What a client asks about one employee of its company. Holds only what the client sent: what the
 * server adds (receipt, zone, actor) travels as metadata, so that a repeat can be compared with the
 * first by its body.
 */
public interface EmployeeCommand {
    String companyId();

    /** The employee whom the command is about; the actor stands in the metadata. */
    String employeeId();

    /** The client's idempotency key, unique per company and employee; 1 to 128 characters. */
    String commandId();
}
