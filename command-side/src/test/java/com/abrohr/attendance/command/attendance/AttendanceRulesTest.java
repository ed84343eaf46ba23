package com.abrohr.attendance.command.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.command.engine.Circumstances;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.identity.Role;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class AttendanceRulesTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant TEN = NINE.plusSeconds(3600);
    private static final Instant ELEVEN = NINE.plusSeconds(7200);
    private static final Instant NOON = NINE.plusSeconds(10_800);

    private final WorkSessions two = new WorkSessions();

    AttendanceRulesTest() {
        two.apply(in("ws-1-ana", NINE));
        two.apply(out("ws-1-ana", TEN));
        two.apply(in("ws-2-ana", ELEVEN));
        two.apply(out("ws-2-ana", NOON));
    }

    @Test
    void countedTimeNeverRunsBackwards() {
        assertThat(new CountedInstant(TEN).notBefore(null)).isEqualTo(TEN);
        assertThat(new CountedInstant(TEN).notBefore(NINE)).isEqualTo(TEN);
        assertThat(new CountedInstant(NINE).notBefore(TEN)).isEqualTo(TEN);
    }

    @Test
    void anOfflinePunchMayBeAsOldAsTheLookBackUnlessSomebodyAnswersForIt() {
        OfflinePolicy policy = new OfflinePolicy(Duration.ofHours(1));
        for (Role role : Role.values()) {
            assertThatCode(() -> policy.check("occurredAt", NINE, at(TEN, role)))
                    .doesNotThrowAnyException();
        }
        for (Role role : List.of(Role.HR, Role.INTEGRATION)) {
            assertThatCode(() -> policy.check("occurredAt", Instant.EPOCH, at(TEN, role)))
                    .doesNotThrowAnyException();
        }
        for (Role role : List.of(Role.EMPLOYEE, Role.MANAGER, Role.ADMIN, Role.SYSTEM)) {
            assertThatThrownBy(() -> policy.check("occurredAt", NINE.minusNanos(1), at(TEN, role)))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> {
                                assertThat(refusal.code()).isEqualTo(RefusalCode.TOO_OLD);
                                assertThat(refusal.field()).isEqualTo("occurredAt");
                                assertThat(refusal.reason()).contains("1 hours");
                            });
        }
    }

    @Test
    void aLookBackOfNothingRefusesWhateverIsOlderThanItsReceipt() {
        OfflinePolicy none = new OfflinePolicy(Duration.ZERO);
        assertThatCode(() -> none.check("occurredAt", NINE, at(NINE, Role.EMPLOYEE)))
                .doesNotThrowAnyException();
        assertRefused(
                () -> none.check("occurredAt", NINE.minusMillis(1), at(NINE, Role.EMPLOYEE)),
                RefusalCode.TOO_OLD);
    }

    @Test
    void aLookBackWithoutEndRefusesNothing() {
        OfflinePolicy endless = new OfflinePolicy(Duration.ofSeconds(Long.MAX_VALUE));
        assertThatCode(() -> endless.check("occurredAt", Instant.EPOCH, at(NINE, Role.EMPLOYEE)))
                .doesNotThrowAnyException();
    }

    @Test
    void timeRunsForwardOrStandsStill() {
        assertThatCode(() -> new TimeRunsForward(null).check("occurredAt", NINE))
                .doesNotThrowAnyException();
        assertThatCode(() -> new TimeRunsForward(NINE).check("occurredAt", NINE))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                        () -> new TimeRunsForward(NINE).check("occurredAt", NINE.minusNanos(1000)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.OVERLAP);
                            assertThat(refusal.field()).isEqualTo("occurredAt");
                        });
    }

    @Test
    void theLastCountedInstantIsTheEndOfTheLastSessionOrItsStartWhileItIsOpen() {
        assertThat(new WorkSessions().lastCounted()).isNull();
        assertThat(two.lastCounted()).isEqualTo(NOON);
        two.apply(in("ws-3-ana", NOON.plusSeconds(1)));
        assertThat(two.lastCounted()).isEqualTo(NOON.plusSeconds(1));
    }

    private static Circumstances at(Instant receivedAt, Role role) {
        return new Circumstances("c", "ana", role, receivedAt, ZoneOffset.UTC);
    }

    @Test
    void theBusinessDateIsTheLocalDateOfTheFirstPunch() {
        Instant lateInUtc = Instant.parse("2026-11-23T23:30:00Z");
        assertThat(new BusinessDate(ZoneId.of("Europe/Madrid")).of(lateInUtc))
                .isEqualTo(LocalDate.of(2026, 11, 24));
        assertThat(new BusinessDate(ZoneId.of("America/Lima")).of(lateInUtc))
                .isEqualTo(LocalDate.of(2026, 11, 23));
    }

    @Test
    void neighboursMayTouchButNotOverlap() {
        SessionsDoNotOverlap rule = new SessionsDoNotOverlap(two);
        WorkSession first = two.find("ws-1-ana");
        WorkSession second = two.find("ws-2-ana");
        assertThatCode(() -> rule.check(first, new CorrectedTimes(NINE, ELEVEN)))
                .doesNotThrowAnyException();
        assertThatCode(() -> rule.check(second, new CorrectedTimes(TEN, NOON)))
                .doesNotThrowAnyException();
        assertRefused(
                () -> rule.check(first, new CorrectedTimes(NINE, ELEVEN.plusMillis(1))),
                RefusalCode.OVERLAP);
        assertRefused(
                () -> rule.check(second, new CorrectedTimes(TEN.minusMillis(1), NOON)),
                RefusalCode.OVERLAP);
    }

    @Test
    void aCorrectionNamesAtLeastOneTimeAndKeepsTheOther() {
        WorkSession first = two.find("ws-1-ana");
        assertThat(CorrectedTimes.of(first, correction(NINE.plusSeconds(5), null)))
                .isEqualTo(new CorrectedTimes(NINE.plusSeconds(5), TEN));
        assertThat(CorrectedTimes.of(first, correction(null, ELEVEN)))
                .isEqualTo(new CorrectedTimes(NINE, ELEVEN));
        assertRefused(() -> CorrectedTimes.of(first, correction(null, null)), RefusalCode.INVALID);
        assertRefused(() -> CorrectedTimes.of(first, correction(TEN, null)), RefusalCode.INVALID);
    }

    @Test
    void theLatestSessionsCanBeCorrectedAndOlderOnesAreTooOld() {
        WorkSessions sessions = manySessions(WorkSessions.CORRECTABLE + 1);
        assertThat(sessions.count()).isEqualTo(WorkSessions.CORRECTABLE + 1);
        SessionCanBeCorrected rule = new SessionCanBeCorrected(sessions);
        assertThat(rule.check("ana", "ws-2-ana").id()).isEqualTo("ws-2-ana");
        assertRefused(() -> rule.check("ana", "ws-1-ana"), RefusalCode.TOO_OLD);
        assertRefused(() -> rule.check("ana", "ws-66-ana"), RefusalCode.NOT_FOUND);
        assertRefused(() -> rule.check("ana", "ws-1-bob"), RefusalCode.NOT_FOUND);
    }

    @Test
    void theOldestSessionThatCanBeCorrectedOverlapsNoOlderOne() {
        for (int count : List.of(1, 2, 3, 4, 5)) {
            WorkSessions sessions = manySessions(WorkSessions.CORRECTABLE * count + 1);
            long number = sessions.count() - WorkSessions.CORRECTABLE + 1;
            WorkSession oldest = sessions.find("ws-" + number + "-ana");
            Instant endBefore = NINE.plusSeconds((number - 1) * 100L + 50);
            SessionsDoNotOverlap rule = new SessionsDoNotOverlap(sessions);
            assertThatCode(() -> rule.check(oldest, new CorrectedTimes(endBefore, oldest.end())))
                    .doesNotThrowAnyException();
            assertRefused(
                    () ->
                            rule.check(
                                    oldest,
                                    new CorrectedTimes(endBefore.minusMillis(1), oldest.end())),
                    RefusalCode.OVERLAP);
        }
    }

    private static WorkSessions manySessions(int count) {
        WorkSessions sessions = new WorkSessions();
        for (int number = 1; number <= count; number++) {
            Instant start = NINE.plusSeconds(number * 100L);
            sessions.apply(in("ws-" + number + "-ana", start));
            sessions.apply(out("ws-" + number + "-ana", start.plusSeconds(50)));
        }
        return sessions;
    }

    @Test
    void sessionsKeepTheirOrderHoweverManyThereWere() {
        WorkSessions sessions = new WorkSessions();
        for (int number = 1; number <= 5 * WorkSessions.CORRECTABLE + 7; number++) {
            Instant start = NINE.plusSeconds(number * 100L);
            String id = "ws-" + number + "-ana";
            sessions.apply(in(id, start));
            assertThat(sessions.open()).isEqualTo(sessions.last());
            sessions.apply(out(id, start.plusSeconds(50)));
            assertThat(sessions.open()).isNull();
            assertThat(sessions.last().id()).isEqualTo(id);
            int oldest = Math.max(1, number - WorkSessions.CORRECTABLE + 1);
            assertThat(sessions.find("ws-" + (oldest - 1) + "-ana")).isNull();
            for (int kept = oldest; kept <= number; kept++) {
                WorkSession session = sessions.find("ws-" + kept + "-ana");
                assertThat(session.start()).isEqualTo(NINE.plusSeconds(kept * 100L));
                assertThat(session.end()).isEqualTo(session.start().plusSeconds(50));
                WorkSession before = sessions.before(session);
                if (kept == 1) {
                    assertThat(before).isNull();
                } else {
                    assertThat(before.id()).isEqualTo("ws-" + (kept - 1) + "-ana");
                    assertThat(before.start()).isEqualTo(NINE.plusSeconds((kept - 1) * 100L));
                    assertThat(before.end()).isEqualTo(before.start().plusSeconds(50));
                }
                assertThat(sessions.following(session))
                        .isEqualTo(sessions.find("ws-" + (kept + 1) + "-ana"));
            }
        }
    }

    @Test
    void theTailOfAStreamMakesTheSessionsOfTheWholeStream() {
        for (int seed = 0; seed < 200; seed++) {
            List<AttendanceEvent> stream = randomStream(new Random(seed));
            WorkSessions whole = sessionsOf(stream);
            WorkSessions fromTail = sessionsOf(tail(stream));
            assertThat(fromTail.count()).as("seed %s", seed).isEqualTo(whole.count());
            assertThat(fromTail.lastCounted()).as("seed %s", seed).isEqualTo(whole.lastCounted());
            for (long number = 1; number <= whole.count(); number++) {
                WorkSession session = whole.find("ws-" + number + "-ana");
                assertThat(fromTail.find("ws-" + number + "-ana"))
                        .as("seed %s", seed)
                        .isEqualTo(session);
                if (session != null) {
                    assertThat(fromTail.before(session)).isEqualTo(whole.before(session));
                }
            }
        }
    }

    private static List<AttendanceEvent> randomStream(Random random) {
        List<AttendanceEvent> stream = new ArrayList<>();
        int sessions = 1 + random.nextInt(3 * WorkSessions.KEPT);
        for (int number = 1; number <= sessions; number++) {
            Instant start = NINE.plusSeconds(number * 100L);
            stream.add(in("ws-" + number + "-ana", start));
            if (number < sessions || random.nextBoolean()) {
                stream.add(out("ws-" + number + "-ana", start.plusSeconds(50)));
            }
            if (random.nextInt(4) == 0) {
                int corrected = Math.max(1, number - random.nextInt(WorkSessions.CORRECTABLE));
                Instant at = NINE.plusSeconds(corrected * 100L + random.nextInt(20));
                stream.add(
                        new PunchCorrected(
                                "acme",
                                "ana",
                                "ws-" + corrected + "-ana",
                                at,
                                corrected == sessions ? null : at.plusSeconds(20),
                                LocalDate.of(2026, 11, 23)));
            }
        }
        return stream;
    }

    private static List<AttendanceEvent> tail(List<AttendanceEvent> stream) {
        int punchesIn = 0;
        for (int i = stream.size() - 1; i >= 0; i--) {
            if (stream.get(i) instanceof PunchedIn && ++punchesIn == WorkSessions.KEPT) {
                return stream.subList(i, stream.size());
            }
        }
        return stream;
    }

    private static WorkSessions sessionsOf(List<AttendanceEvent> stream) {
        WorkSessions sessions = new WorkSessions();
        for (AttendanceEvent event : stream) {
            switch (event) {
                case PunchedIn in -> sessions.apply(in);
                case PunchedOut out -> sessions.apply(out);
                case PunchCorrected corrected -> sessions.apply(corrected);
                default -> throw new IllegalArgumentException(event.toString());
            }
        }
        return sessions;
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, RefusalCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static CorrectWorkSession correction(Instant in, Instant out) {
        return new CorrectWorkSession("acme", "ana", "c", "ws-1-ana", in, out, null);
    }

    private static PunchedIn in(String session, Instant at) {
        return new PunchedIn(
                "acme", "ana", session, at, at, "UTC", LocalDate.of(2026, 11, 23), null);
    }

    private static PunchedOut out(String session, Instant at) {
        return new PunchedOut(
                "acme", "ana", session, at, at, "UTC", LocalDate.of(2026, 11, 23), null, null);
    }
}
