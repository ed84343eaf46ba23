package com.abrohr.attendance.command.attendance;

import static com.abrohr.attendance.command.decision.AggregateFixture.COMPANY;
import static com.abrohr.attendance.command.decision.AggregateFixture.EMPLOYEE;
import static com.abrohr.attendance.command.decision.AggregateFixture.NINE;
import static com.abrohr.attendance.command.decision.AggregateFixture.refuses;

import com.abrohr.attendance.command.decision.AggregateFixture;
import com.abrohr.attendance.command.decision.CommandRepeated;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.CorrectionRequested;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.identity.Role;

import org.axonframework.commandhandling.CommandMessage;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

class TimeClockTest {

    private static final String ZONE = "Europe/Madrid";
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    private final AggregateFixture<TimeClock> clock =
            AggregateFixture.of(AttendanceAggregates.kind());

    @Test
    void aPunchInCountsAtItsReceiptAndKeepsTheTimeThatWasClaimed() {
        Instant claimed = NINE.minusSeconds(40);
        clock.when(
                        by(
                                EMPLOYEE,
                                NINE,
                                new PunchIn(
                                        COMPANY,
                                        EMPLOYEE,
                                        "c-1",
                                        claimed,
                                        null,
                                        new Location(40.4, -3.7, 12.0))))
                .expectEvents(
                        new PunchedIn(
                                COMPANY,
                                EMPLOYEE,
                                "ws-1-ana",
                                claimed,
                                NINE,
                                ZONE,
                                MONDAY,
                                "geo:40.4,-3.7;u=12"));
    }

    @Test
    void aPunchThatClaimsNoTimeHappenedAtItsReceipt() {
        clock.when(in("c-1", NINE))
                .expectEvents(
                        new PunchedIn(
                                COMPANY, EMPLOYEE, "ws-1-ana", NINE, NINE, ZONE, MONDAY, null));
    }

    @Test
    void nobodyPunchesInTwice() {
        clock.given(in("c-1", NINE))
                .when(in("c-2", NINE.plusSeconds(1)))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.ALREADY_PUNCHED_IN));
    }

    @Test
    void nobodyPunchesOutWhoIsNotIn() {
        clock.when(out("c-1", NINE))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.NOT_PUNCHED_IN));
    }

    @Test
    void aPunchOutEndsTheSessionOnItsBusinessDateThoughMidnightHasPassed() {
        Instant evening = Instant.parse("2026-11-23T22:30:00Z");
        Instant afterMidnight = Instant.parse("2026-11-24T00:30:00Z");
        clock.given(in("c-1", evening))
                .when(out("c-2", afterMidnight))
                .expectEvents(
                        new PunchedOut(
                                COMPANY,
                                EMPLOYEE,
                                "ws-1-ana",
                                afterMidnight,
                                afterMidnight,
                                ZONE,
                                MONDAY,
                                null));
    }

    @Test
    void aPunchOutThatAnotherNodesClockReceivedEarlierCountsWhenTheSessionBegan() {
        Instant behind = NINE.minusSeconds(3);
        clock.given(in("c-1", NINE))
                .when(out("c-2", behind))
                .expectEvents(
                        new PunchedOut(
                                COMPANY, EMPLOYEE, "ws-1-ana", behind, NINE, ZONE, MONDAY, null));
    }

    @Test
    void theNextSessionHasTheNextNumber() {
        clock.given(in("c-1", NINE), out("c-2", NINE.plusSeconds(60)))
                .when(in("c-3", NINE.plusSeconds(120)))
                .expectEvents(
                        new PunchedIn(
                                COMPANY,
                                EMPLOYEE,
                                "ws-2-ana",
                                NINE.plusSeconds(120),
                                NINE.plusSeconds(120),
                                ZONE,
                                MONDAY,
                                null));
    }

    @Test
    void aTimeMoreThanTwoMinutesAheadIsFromTheFuture() {
        clock.when(
                        by(
                                EMPLOYEE,
                                NINE,
                                new PunchIn(
                                        COMPANY,
                                        EMPLOYEE,
                                        "c-1",
                                        NINE.plusSeconds(121),
                                        null,
                                        null)))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.FUTURE_TIME));
    }

    @Test
    void aRepeatIsRecognised() {
        clock.given(in("c-1", NINE), out("c-2", NINE.plusSeconds(60)))
                .when(in("c-1", NINE.plusSeconds(120)))
                .expectNoEvents()
                .expectException(CommandRepeated.class);
    }

    @Test
    void aCorrectionIsRequestedApprovedAndAppliedAtOnce() {
        Instant eight = NINE.minusSeconds(3600);
        clock.given(in("c-1", NINE), out("c-2", NINE.plusSeconds(3600)))
                .when(boss(correct("c-3", "ws-1-ana", eight, null)))
                .expectEvents(
                        new CorrectionRequested(
                                COMPANY, EMPLOYEE, "ws-1-ana", eight, null, "forgot", "boss"),
                        new CorrectionApproved(COMPANY, EMPLOYEE, "ws-1-ana", "boss"),
                        new PunchCorrected(
                                COMPANY,
                                EMPLOYEE,
                                "ws-1-ana",
                                eight,
                                NINE.plusSeconds(3600),
                                MONDAY));
    }

    @Test
    void aCorrectionCanCloseTheOpenSession() {
        clock.given(in("c-1", NINE), boss(correct("c-2", "ws-1-ana", null, NINE.plusSeconds(3600))))
                .when(out("c-3", NINE.plusSeconds(7200)))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.NOT_PUNCHED_IN));
    }

    @Test
    void nobodyCorrectsTheirOwnSession() {
        clock.given(in("c-1", NINE))
                .when(
                        AggregateFixture.said(
                                correct("c-2", "ws-1-ana", NINE.minusSeconds(60), null),
                                EMPLOYEE,
                                Role.MANAGER,
                                NINE.plusSeconds(60),
                                ZONE))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.SELF_APPROVAL));
    }

    @Test
    void anUnknownSessionIsNotFound() {
        for (String session : List.of("ws-2-ana", "ws-1-bob", "nonsense")) {
            AggregateFixture.<TimeClock>of(AttendanceAggregates.kind())
                    .given(in("c-1", NINE))
                    .when(boss(correct("c-2", session, NINE.minusSeconds(60), null)))
                    .expectNoEvents()
                    .expectException(refuses(RefusalCode.NOT_FOUND));
        }
    }

    @Test
    void aCorrectedSessionEndsAfterItBegan() {
        clock.given(in("c-1", NINE), out("c-2", NINE.plusSeconds(60)))
                .when(boss(correct("c-3", "ws-1-ana", NINE.plusSeconds(60), null)))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.INVALID));
    }

    @Test
    void aCorrectionReachesIntoNoNeighbour() {
        clock.given(
                        in("c-1", NINE),
                        out("c-2", NINE.plusSeconds(60)),
                        in("c-3", NINE.plusSeconds(120)))
                .when(boss(correct("c-4", "ws-1-ana", null, NINE.plusSeconds(121))))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.OVERLAP));
    }

    @Test
    void aCorrectionClaimsNoFuture() {
        clock.given(in("c-1", NINE))
                .when(boss(correct("c-2", "ws-1-ana", null, NINE.plusSeconds(86_400))))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.FUTURE_TIME));
    }

    private static CommandMessage<?> in(String commandId, Instant at) {
        return by(EMPLOYEE, at, new PunchIn(COMPANY, EMPLOYEE, commandId, null, null, null));
    }

    private static CommandMessage<?> out(String commandId, Instant at) {
        return by(EMPLOYEE, at, new PunchOut(COMPANY, EMPLOYEE, commandId, null, null, null));
    }

    private static CorrectWorkSession correct(
            String commandId, String session, Instant in, Instant out) {
        return new CorrectWorkSession(COMPANY, EMPLOYEE, commandId, session, in, out, "forgot");
    }

    private static CommandMessage<?> boss(CorrectWorkSession command) {
        return AggregateFixture.said(command, "boss", Role.MANAGER, NINE.plusSeconds(9000), ZONE);
    }

    private static CommandMessage<?> by(String actor, Instant at, EmployeeCommand command) {
        return AggregateFixture.said(command, actor, Role.EMPLOYEE, at, ZONE);
    }
}
