package com.abrohr.attendance.command.attendance;

import static com.abrohr.attendance.command.engine.AggregateFixture.COMPANY;
import static com.abrohr.attendance.command.engine.AggregateFixture.EMPLOYEE;
import static com.abrohr.attendance.command.engine.AggregateFixture.NINE;
import static com.abrohr.attendance.command.engine.AggregateFixture.refuses;
import static com.abrohr.attendance.command.engine.AggregateFixture.refusesWith;

import com.abrohr.attendance.command.engine.AggregateFixture;
import com.abrohr.attendance.command.engine.CommandRepeated;
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

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

class TimeClockTest {

    private static final String ZONE = "Europe/Madrid";
    private static final Duration LOOK_BACK = Duration.ofHours(72);
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    private final AggregateFixture<TimeClock> clock =
            new AggregateFixture<>(new TimeClockType(LOOK_BACK));

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
    void theRefusalNamesTheSessionThatIsOpen() {
        clock.given(in("c-1", NINE))
                .when(in("c-2", NINE.plusSeconds(1)))
                .expectException(
                        refusesWith(
                                Map.of(
                                        "openSession",
                                        Map.of(
                                                "sessionId",
                                                "ws-1-ana",
                                                "since",
                                                NINE.toString()))));
    }

    @Test
    void theRefusalNamesTheSessionThatEndedLast() {
        clock.given(in("c-1", NINE), out("c-2", NINE.plusSeconds(60)))
                .when(out("c-3", NINE.plusSeconds(61)))
                .expectException(
                        refusesWith(
                                Map.of(
                                        "lastSession",
                                        Map.of(
                                                "sessionId", "ws-1-ana",
                                                "since", NINE.toString(),
                                                "until", NINE.plusSeconds(60).toString()))));
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
                                evening,
                                null));
    }

    @Test
    void aPunchOutThatAnotherNodesClockReceivedEarlierCountsWhenTheSessionBegan() {
        Instant behind = NINE.minusSeconds(3);
        clock.given(in("c-1", NINE))
                .when(out("c-2", behind))
                .expectEvents(
                        new PunchedOut(
                                COMPANY,
                                EMPLOYEE,
                                "ws-1-ana",
                                behind,
                                NINE,
                                ZONE,
                                MONDAY,
                                NINE,
                                null));
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
    void everyInstantIsKeptInWholeMicroseconds() {
        Instant received = NINE.plusNanos(123_456_789);
        Instant claimed = NINE.plusNanos(1_999);
        Instant corrected = NINE.plusNanos(2_001);
        Instant end = NINE.plusSeconds(60).plusNanos(3_500);
        clock.given(
                        by(
                                EMPLOYEE,
                                received,
                                new PunchIn(COMPANY, EMPLOYEE, "c-1", claimed, null, null)),
                        out("c-2", NINE.plusSeconds(50)))
                .when(boss(correct("c-3", "ws-1-ana", corrected, end)))
                .expectEvents(
                        new CorrectionRequested(
                                COMPANY,
                                EMPLOYEE,
                                "ws-1-ana",
                                NINE.plusNanos(2_000),
                                NINE.plusSeconds(60).plusNanos(3_000),
                                "forgot",
                                "boss"),
                        new CorrectionApproved(COMPANY, EMPLOYEE, "ws-1-ana", "boss"),
                        new PunchCorrected(
                                COMPANY,
                                EMPLOYEE,
                                "ws-1-ana",
                                NINE.plusNanos(2_000),
                                NINE.plusSeconds(60).plusNanos(3_000),
                                MONDAY));
        new AggregateFixture<>(new TimeClockType(LOOK_BACK))
                .when(
                        by(
                                EMPLOYEE,
                                received,
                                new PunchIn(COMPANY, EMPLOYEE, "c-1", claimed, null, null)))
                .expectEvents(
                        new PunchedIn(
                                COMPANY,
                                EMPLOYEE,
                                "ws-1-ana",
                                NINE.plusNanos(1_000),
                                NINE.plusNanos(123_456_000),
                                ZONE,
                                MONDAY,
                                null));
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
            new AggregateFixture<>(new TimeClockType(LOOK_BACK))
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
    void aCorrectionOfTheOldestSessionWithinReachDoesNotReachIntoTheOneBefore() {
        int sessions = WorkSessions.CORRECTABLE + 1;
        for (int number = 1; number <= sessions; number++) {
            clock.given(
                    in("in-" + number, NINE.plusSeconds(number * 100L)),
                    out("out-" + number, NINE.plusSeconds(number * 100L + 50)));
        }
        clock.when(boss(correct("c-1", "ws-2-ana", NINE.plusSeconds(149), null)))
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

    @Test
    void anOfflinePunchCountsWhenItHappened() {
        Instant lastNight = Instant.parse("2026-11-22T23:30:00Z");
        clock.when(offlineIn("c-1", lastNight, Role.EMPLOYEE))
                .expectEvents(
                        new PunchedIn(
                                COMPANY,
                                EMPLOYEE,
                                "ws-1-ana",
                                lastNight,
                                lastNight,
                                ZONE,
                                MONDAY,
                                null));
    }

    @Test
    void anOfflinePunchOutEndsTheSessionWhenItHappened() {
        clock.given(offlineIn("c-1", NINE.minusSeconds(7200), Role.EMPLOYEE))
                .when(offlineOut("c-2", NINE.minusSeconds(3600), Role.EMPLOYEE))
                .expectEvents(
                        new PunchedOut(
                                COMPANY,
                                EMPLOYEE,
                                "ws-1-ana",
                                NINE.minusSeconds(3600),
                                NINE.minusSeconds(3600),
                                ZONE,
                                MONDAY,
                                NINE.minusSeconds(7200),
                                null));
    }

    @Test
    void anOfflinePunchReachesBackNoFurtherThanTheLookBack() {
        clock.when(offlineIn("c-1", NINE.minus(LOOK_BACK).minusMillis(1), Role.EMPLOYEE))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.TOO_OLD));
    }

    @Test
    void hrEntersAnOfflinePunchThatIsOlder() {
        Instant longAgo = NINE.minus(LOOK_BACK).minusSeconds(86_400);
        clock.when(offlineIn("c-1", longAgo, Role.HR))
                .expectEvents(
                        new PunchedIn(
                                COMPANY,
                                EMPLOYEE,
                                "ws-1-ana",
                                longAgo,
                                longAgo,
                                ZONE,
                                LocalDate.of(2026, 11, 19),
                                null));
    }

    @Test
    void anOfflinePunchClaimsNoFuture() {
        clock.when(offlineIn("c-1", NINE.plusSeconds(121), Role.EMPLOYEE))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.FUTURE_TIME));
    }

    @Test
    void anOfflinePunchInNeverCountsBeforeTheLastPunchOut() {
        clock.given(in("c-1", NINE.minusSeconds(7200)), out("c-2", NINE.minusSeconds(3600)))
                .when(offlineIn("c-3", NINE.minusSeconds(3601), Role.EMPLOYEE))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.OVERLAP));
    }

    @Test
    void anOfflinePunchOutNeverCountsBeforeTheSessionBegan() {
        clock.given(in("c-1", NINE.minusSeconds(3600)))
                .when(offlineOut("c-2", NINE.minusSeconds(3601), Role.HR))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.OVERLAP));
    }

    @Test
    void anOfflinePunchRespectsWhatACorrectionMoved() {
        clock.given(
                        in("c-1", NINE.minusSeconds(7200)),
                        out("c-2", NINE.minusSeconds(3600)),
                        boss(correct("c-3", "ws-1-ana", null, NINE)))
                .when(offlineIn("c-4", NINE.minusSeconds(60), Role.EMPLOYEE))
                .expectNoEvents()
                .expectException(refuses(RefusalCode.OVERLAP));
    }

    @Test
    void anOnlinePunchAfterAnOfflineOneThatRunsAheadCountsNoEarlierThanThat() {
        Instant ahead = NINE.plusSeconds(100);
        clock.given(offlineIn("c-1", ahead, Role.EMPLOYEE))
                .when(out("c-2", NINE.plusSeconds(10)))
                .expectEvents(
                        new PunchedOut(
                                COMPANY,
                                EMPLOYEE,
                                "ws-1-ana",
                                NINE.plusSeconds(10),
                                ahead,
                                ZONE,
                                MONDAY,
                                ahead,
                                null));
    }

    @Test
    void aRepeatOfAnOfflinePunchIsRecognisedEvenWhenItWouldNowBeTooOld() {
        PunchIn punch = new PunchIn(COMPANY, EMPLOYEE, "c-1", NINE, null, null, true);
        clock.given(by(EMPLOYEE, NINE, punch))
                .when(by(EMPLOYEE, NINE.plus(LOOK_BACK).plusSeconds(1), punch))
                .expectNoEvents()
                .expectException(CommandRepeated.class);
    }

    private static CommandMessage<?> offlineIn(String commandId, Instant occurredAt, Role role) {
        return AggregateFixture.said(
                new PunchIn(COMPANY, EMPLOYEE, commandId, occurredAt, null, null, true),
                EMPLOYEE,
                role,
                NINE,
                ZONE);
    }

    private static CommandMessage<?> offlineOut(String commandId, Instant occurredAt, Role role) {
        return AggregateFixture.said(
                new PunchOut(COMPANY, EMPLOYEE, commandId, occurredAt, null, null, true),
                EMPLOYEE,
                role,
                NINE,
                ZONE);
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
