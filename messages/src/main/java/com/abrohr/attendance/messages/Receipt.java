package com.abrohr.attendance.messages;

/**
 * What a stored command is answered with; the first answer and every repeat are equal because both
 * are made from the stored event.
 */
public interface Receipt {

    String commandId();

    String employeeId();

    /**
     * The number of the stored event in its own stream, from 0 without gaps; tells nothing of other
     * employees.
     */
    long seq();
}
