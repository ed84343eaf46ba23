package com.abrohr.attendance.messages;

/**
 * What a stored command is answered with; the first answer and every repeat are equal because both
 * are made from the stored events.
 */
public interface Receipt {

    String commandId();

    String employeeId();

    /** The company's number of the last event that the command stored: 1, 2, 3 … */
    long seq();
}
