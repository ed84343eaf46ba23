package com.abrohr.attendance.command.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.command.decision.Circumstances;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.identity.Role;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

class AttendanceRulesTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant TEN = NINE.plusSeconds(3600);
    private static final Instant ELEVEN = NINE.plusSeconds(7200);
    private static final Instant NOON = NINE.plusSeconds(10_800);

    private final WorkSessions two =
            WorkSessions.NONE
                    .after(in("ws-1-ana", NINE))
                    .after(out("ws-1-ana", TEN))
                    .after(in("ws-2-ana", ELEVEN))
                    .after(out("ws-2-ana", NOON));

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
        assertThat(WorkSessions.NONE.lastCounted()).isNull();
        assertThat(two.lastCounted()).isEqualTo(NOON);
        assertThat(two.after(in("ws-3-ana", NOON.plusSeconds(1))).lastCounted())
                .isEqualTo(NOON.plusSeconds(1));
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
        WorkSession first = two.latest().getFirst();
        WorkSession second = two.latest().getLast();
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
        WorkSession first = two.latest().getFirst();
        assertThat(CorrectedTimes.of(first, correction(NINE.plusSeconds(5), null)))
                .isEqualTo(new CorrectedTimes(NINE.plusSeconds(5), TEN));
        assertThat(CorrectedTimes.of(first, correction(null, ELEVEN)))
                .isEqualTo(new CorrectedTimes(NINE, ELEVEN));
        assertRefused(() -> CorrectedTimes.of(first, correction(null, null)), RefusalCode.INVALID);
        assertRefused(() -> CorrectedTimes.of(first, correction(TEN, null)), RefusalCode.INVALID);
    }

    @Test
    void onlyTheLatestSessionsAreKeptAndOlderOnesAreTooOldToCorrect() {
        WorkSessions many = WorkSessions.NONE;
        for (int number = 1; number <= WorkSessions.KEPT + 1; number++) {
            Instant start = NINE.plusSeconds(number * 100L);
            many =
                    many.after(in("ws-" + number + "-ana", start))
                            .after(out("ws-" + number + "-ana", start.plusSeconds(50)));
        }
        WorkSessions kept = many;
        assertThat(kept.latest()).hasSize(WorkSessions.KEPT);
        assertThat(kept.count()).isEqualTo(WorkSessions.KEPT + 1);
        SessionCanBeCorrected rule = new SessionCanBeCorrected(kept);
        assertThat(rule.check("ana", "ws-2-ana").id()).isEqualTo("ws-2-ana");
        assertRefused(() -> rule.check("ana", "ws-1-ana"), RefusalCode.TOO_OLD);
        assertRefused(() -> rule.check("ana", "ws-66-ana"), RefusalCode.NOT_FOUND);
        assertRefused(() -> rule.check("ana", "ws-1-bob"), RefusalCode.NOT_FOUND);
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
