package com.abrohr.attendance.messages;

import org.jspecify.annotations.Nullable;

/**
 * What a stored command is answered with; the first answer and every repeat are equal because both
 * are made from the stored events.
 */
public interface Receipt {
    String commandId();

    String employeeId();

    /** The company's number of the last event that the command stored: 1, 2, 3 … */
    long seq();

    /** The id of what was written; null where that is the employee. */
    default @Nullable String writtenId() {
        return null;
    }
}
