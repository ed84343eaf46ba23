package com.abrohr.attendance.command.workforce;

import static com.abrohr.attendance.command.engine.AggregateFixture.COMPANY;
import static com.abrohr.attendance.command.engine.AggregateFixture.EMPLOYEE;
import static com.abrohr.attendance.command.engine.AggregateFixture.NINE;
import static com.abrohr.attendance.command.engine.AggregateFixture.refuses;

import com.abrohr.attendance.command.engine.AggregateFixture;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;

import org.axonframework.commandhandling.CommandMessage;
import org.junit.jupiter.api.Test;

class EmployeeTest {

    private final AggregateFixture<Employee> employee = new AggregateFixture<>(new EmployeeType());

    @Test
    void anEmployeeIsRegisteredInTheZoneThatTheCommandWasGiven() {
        employee.when(register("c-1", "Ana", "Europe/Madrid"))
                .expectEvents(
                        new EmployeeRegistered(
                                COMPANY, EMPLOYEE, "Ana", "sales", null, "Europe/Madrid"));
    }

    @Test
    void sayingTheSameAgainChangesNothing() {
        employee.given(register("c-1", "Ana", "UTC"))
                .when(register("c-2", "Ana", "UTC"))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void sayingSomethingElseIsRefused() {
        employee.given(register("c-1", "Ana", "UTC"))
                .when(register("c-2", "Anna", "UTC"))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.ILLEGAL_TRANSITION));
    }

    @Test
    void whoWasEnrolledFromATokenIsRegisteredForRealOnce() {
        employee.given(enrolment())
                .when(register("c-2", "Ana", "UTC"))
                .expectEvents(
                        new EmployeeRegistered(COMPANY, EMPLOYEE, "Ana", "sales", null, "UTC"));
        new AggregateFixture<>(new EmployeeType())
                .given(enrolment(), register("c-2", "Ana", "UTC"))
                .when(register("c-3", "Anna", "UTC"))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.ILLEGAL_TRANSITION));
    }

    private static CommandMessage<?> enrolment() {
        return AggregateFixture.said(
                EnrolmentOnFirstUse.of(COMPANY, EMPLOYEE), "system", Role.SYSTEM, NINE, "UTC");
    }

    private static CommandMessage<?> register(String commandId, String name, String zone) {
        return AggregateFixture.said(
                new RegisterEmployee(COMPANY, EMPLOYEE, commandId, name, "sales", null, zone),
                "hr",
                Role.HR,
                NINE,
                zone);
    }
}
