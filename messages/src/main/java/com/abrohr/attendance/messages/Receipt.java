package com.abrohr.attendance.messages;

/**
 * What a stored command is answered with; the first answer and every repeat are equal because both
 * are made from the stored event.
 */
public interface Receipt {

    String commandId();

    String employeeId();

    /**
     * The number of the command's first event in its own stream, from 0 without gaps; tells nothing
     * of other employees.
     */
    long seq();

    /** Which of the employee's streams the numbers are of. */
    EmployeeStream stream();

    /** The number of the command's last event; a command may store more than one. */
    default long lastSeq() {
        return seq();
    }
}
