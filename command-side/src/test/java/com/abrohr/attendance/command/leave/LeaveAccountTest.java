package com.abrohr.attendance.command.leave;

import static com.abrohr.attendance.command.engine.AggregateFixture.COMPANY;
import static com.abrohr.attendance.command.engine.AggregateFixture.EMPLOYEE;
import static com.abrohr.attendance.command.engine.AggregateFixture.NINE;
import static com.abrohr.attendance.command.engine.AggregateFixture.refuses;

import com.abrohr.attendance.command.engine.AggregateFixture;
import com.abrohr.attendance.command.engine.CommandRepeated;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;

import org.axonframework.commandhandling.CommandMessage;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;

class LeaveAccountTest {

    private static final String FIRST = "lv-1-ana";

    private final AggregateFixture<LeaveAccount> account =
            new AggregateFixture<>(new LeaveAccountType());

    @Test
    void aRequestIsSubmittedUnderTheNextNumber() {
        account.given(submit("c-1", 1, 2))
                .when(submit("c-2", 3, 4))
                .expectEvents(
                        new LeaveSubmitted(
                                COMPANY, EMPLOYEE, "lv-2-ana", "vacation", day(3), day(4), "rest"));
    }

    @Test
    void leaveEndsNotBeforeItStarts() {
        account.when(submit("c-1", 2, 1))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.INVALID));
    }

    @Test
    void noDayIsAskedForTwice() {
        account.given(submit("c-1", 1, 3), boss(approve("c-2")))
                .when(submit("c-3", 3, 4))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.OVERLAP));
    }

    @Test
    void theDaysOfARejectedRequestAreFreeAgain() {
        account.given(submit("c-1", 1, 3), boss(reject("c-2")))
                .when(submit("c-3", 1, 3))
                .expectEvents(
                        new LeaveSubmitted(
                                COMPANY, EMPLOYEE, "lv-2-ana", "vacation", day(1), day(3), "rest"));
    }

    @Test
    void theBossApproves() {
        account.given(submit("c-1", 1, 3))
                .when(boss(approve("c-2")))
                .expectEvents(
                        new LeaveApproved(
                                COMPANY,
                                EMPLOYEE,
                                FIRST,
                                "vacation",
                                day(1),
                                day(3),
                                "boss",
                                "enjoy"));
    }

    @Test
    void theBossRejects() {
        account.given(submit("c-1", 1, 3))
                .when(boss(reject("c-2")))
                .expectEvents(
                        new LeaveRejected(
                                COMPANY,
                                EMPLOYEE,
                                FIRST,
                                "vacation",
                                day(1),
                                day(3),
                                "boss",
                                "sorry"));
    }

    @Test
    void theOwnerWithdraws() {
        account.given(submit("c-1", 1, 3))
                .when(ana(new WithdrawLeave(COMPANY, EMPLOYEE, "c-2", FIRST)))
                .expectEvents(
                        new LeaveWithdrawn(COMPANY, EMPLOYEE, FIRST, "vacation", day(1), day(3)));
    }

    @Test
    void nobodyDecidesOnTheirOwnRequest() {
        account.given(submit("c-1", 1, 3))
                .when(AggregateFixture.said(approve("c-2"), EMPLOYEE, Role.HR, NINE, "UTC"))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.SELF_APPROVAL));
    }

    @Test
    void whatIsDecidedStaysDecided() {
        account.given(submit("c-1", 1, 3), boss(approve("c-2")))
                .when(boss(reject("c-3")))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.ILLEGAL_TRANSITION));
    }

    @Test
    void anApprovedRequestIsNotWithdrawn() {
        account.given(submit("c-1", 1, 3), boss(approve("c-2")))
                .when(ana(new WithdrawLeave(COMPANY, EMPLOYEE, "c-3", FIRST)))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.ILLEGAL_TRANSITION));
    }

    @Test
    void aRequestThatNobodyMadeIsUnknown() {
        account.when(boss(approve("c-1")))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.UNKNOWN_LEAVE));
    }

    @Test
    void aRepeatIsRecognised() {
        account.given(submit("c-1", 1, 3))
                .when(submit("c-1", 1, 3))
                .expectNoEvents()
                .expectException(CommandRepeated.class);
    }

    private static CommandMessage<?> submit(String commandId, int first, int last) {
        return ana(
                new SubmitLeave(
                        COMPANY, EMPLOYEE, commandId, "vacation", day(first), day(last), "rest"));
    }

    private static ApproveLeave approve(String commandId) {
        return new ApproveLeave(COMPANY, EMPLOYEE, commandId, FIRST, "enjoy");
    }

    private static RejectLeave reject(String commandId) {
        return new RejectLeave(COMPANY, EMPLOYEE, commandId, FIRST, "sorry");
    }

    private static CommandMessage<?> boss(EmployeeCommand command) {
        return AggregateFixture.said(command, "boss", Role.MANAGER, NINE, "UTC");
    }

    private static CommandMessage<?> ana(EmployeeCommand command) {
        return AggregateFixture.said(command, EMPLOYEE, Role.EMPLOYEE, NINE, "UTC");
    }

    private static LocalDate day(int dayOfMonth) {
        return LocalDate.of(2026, 12, dayOfMonth);
    }
}
