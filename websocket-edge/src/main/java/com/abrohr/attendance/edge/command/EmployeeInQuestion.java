package com.abrohr.attendance.edge.command;

/** Whom an event is about: the employee that it names, else the one who sends it. */
final class EmployeeInQuestion {

    private EmployeeInQuestion() {}

    static String of(PayloadReader payload, EventOrigin origin) {
        String named = payload.optionalText("employeeId");
        return named == null ? origin.caller().employeeId() : named;
    }
}
