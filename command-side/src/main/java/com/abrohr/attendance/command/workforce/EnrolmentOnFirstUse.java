package com.abrohr.attendance.command.workforce;

import com.abrohr.attendance.messages.workforce.RegisterEmployee;

/** How the product itself registers an employee who is known from nothing but a valid token. */
public final class EnrolmentOnFirstUse {
    /** The same on every node, so that an employee is enrolled once however many try at once. */
    public static final String COMMAND_ID = "enrolment-on-first-use";

    private EnrolmentOnFirstUse() {}

    public static RegisterEmployee of(String companyId, String employeeId) {
        return new RegisterEmployee(companyId, employeeId, COMMAND_ID, null, null, null, null);
    }
}
