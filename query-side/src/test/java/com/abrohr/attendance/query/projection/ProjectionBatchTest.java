package com.abrohr.attendance.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.query.board.EmployeeFacts;
import com.abrohr.attendance.query.board.Outcome.SessionCorrected;
import com.abrohr.attendance.query.board.Outcome.SessionEnded;
import com.abrohr.attendance.query.board.StreamId.EmployeeKey;
import com.abrohr.attendance.query.projection.RowChanges.Row;
import com.abrohr.attendance.query.projection.RowChanges.RowKey;

import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** What a batch writes: each row once, in the order of its company's numbers. */
class ProjectionBatchTest {

    private static final Instant NOW = Instant.parse("2026-11-02T08:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);
    private static final EmployeeKey ANA = new EmployeeKey("c", "e1");

    private final Map<String, LeaveRequestView> stored = new HashMap<>();
    private final ProjectionBatch batch = new ProjectionBatch((_, id) -> stored.get(id));

    @Test
    void aSessionThatBeginsAndEndsInTheBatchIsOneRow() {
        apply(1, in("ws-1", NOW));
        apply(2, out("ws-1", NOW.plusSeconds(60)));

        Row<WorkSessionView> row = batch.rows().sessionsBegun().get(new RowKey(ANA, "ws-1"));
        assertThat(row.seq()).isEqualTo(2);
        assertThat(row.value().punchOutTime()).isEqualTo(NOW.plusSeconds(60));
        assertThat(batch.rows().sessionsEnded()).isEmpty();
        assertThat(batch.rows().punches()).extracting(punch -> punch.seq()).containsExactly(1L, 2L);
        assertThat(batch.movedPositions()).isEqualTo(Map.of("c", 2L));
        assertThat(batch.changedFacts()).extracting(EmployeeFacts::lastSeq).containsExactly(2L);
    }

    @Test
    void anEndOfAStoredSessionNamesTheRowByWhenItBegan() {
        apply(1, in("ws-1", NOW));
        ProjectionBatch next = after(batch);
        next.apply(event(2, out("ws-1", NOW.plusSeconds(60))));

        assertThat(next.rows().sessionsEnded().get(new RowKey(ANA, "ws-1")).value())
                .isEqualTo(new SessionEnded("ws-1", NOW, NOW.plusSeconds(60)));
    }

    @Test
    void aCorrectionOfAStoredSessionTakesUpTheEndsBeforeAndAfterIt() {
        apply(1, in("ws-1", NOW));
        ProjectionBatch next = after(batch);
        next.apply(event(2, out("ws-1", NOW.plusSeconds(60))));
        next.apply(event(3, corrected("ws-1", NOW.minusSeconds(60), null)));
        assertThat(next.rows().sessionsEnded()).isEmpty();
        next.apply(event(4, out("ws-1", NOW.plusSeconds(90))));

        assertThat(next.rows().sessionsEnded()).isEmpty();
        Row<SessionCorrected> row = next.rows().sessionsCorrected().get(new RowKey(ANA, "ws-1"));
        assertThat(row.seq()).isEqualTo(4);
        assertThat(row.value())
                .isEqualTo(
                        new SessionCorrected(
                                "ws-1", TODAY, NOW.minusSeconds(60), NOW.plusSeconds(90)));
    }

    @Test
    void aCorrectionOfASessionOfTheBatchChangesItsRow() {
        apply(1, in("ws-1", NOW));
        apply(2, corrected("ws-1", NOW.minusSeconds(60), NOW.plusSeconds(60)));

        WorkSessionView row = batch.rows().sessionsBegun().get(new RowKey(ANA, "ws-1")).value();
        assertThat(row.corrected()).isTrue();
        assertThat(row.punchInTime()).isEqualTo(NOW.minusSeconds(60));
        assertThat(batch.rows().sessionsCorrected()).isEmpty();
    }

    @Test
    void anApprovalThatDoesNotSayItsDatesFindsThemInTheBatchOrInTheTable() {
        apply(1, new LeaveSubmitted("c", "e1", "lv-1", "annual", TODAY, TODAY, null));
        apply(2, approved("lv-1"));
        Row<LeaveRequestView> row = batch.rows().leaveAsked().get(new RowKey(ANA, "lv-1"));
        assertThat(row.value().status()).isEqualTo(LeaveStatus.APPROVED);
        assertThat(batch.rows().leaveDecided()).isEmpty();

        assertThatThrownBy(() -> apply(3, approved("lv-2")))
                .isInstanceOf(IllegalStateException.class);
        stored.put("lv-2", row.value());
        apply(3, approved("lv-2"));
        assertThat(batch.rows().leaveDecided()).containsOnlyKeys(new RowKey(ANA, "lv-2"));
    }

    @Test
    void whatWasAppliedBeforeChangesNothing() {
        batch.loaded("c", 7);
        apply(7, in("ws-1", NOW));

        assertThat(batch.changedFacts()).isEmpty();
        assertThat(batch.movedPositions()).isEmpty();
    }

    @Test
    void aGapInTheNumbersOfACompanyIsNeverPassedOver() {
        batch.loaded("c", 7);
        assertThatThrownBy(() -> apply(9, in("ws-1", NOW))).isInstanceOf(SequenceGap.class);
    }

    @Test
    void anEventOfNoEmployeeMovesItsCompanyOn() {
        batch.apply(new PendingEvent(event(1, in("ws-1", NOW)).message(), "c", null));

        assertThat(batch.changedFacts()).isEmpty();
        assertThat(batch.movedPositions()).isEqualTo(Map.of("c", 1L));
    }

    @Test
    void anEventWhoseStreamIsOfAnotherCompanyMovesOnTheOneWhoseNumberItHas() {
        var strange =
                new GenericDomainEventMessage<>(
                        "Any",
                        "time-clock/other/e1",
                        0,
                        in("ws-1", NOW),
                        Map.of(MetadataKeys.COMPANY_ID, "c", MetadataKeys.COMPANY_SEQ, "1"));
        batch.apply(PendingEvent.of(strange).orElseThrow());

        assertThat(batch.changedFacts()).isEmpty();
        assertThat(batch.movedPositions()).isEqualTo(Map.of("c", 1L));
    }

    @Test
    void eventsOfAParkedEmployeeAreKeptForLaterAndEverybodyElseGoesOn() {
        PendingEvent poison = event(1, out("ws-1", NOW));
        assertThatThrownBy(() -> batch.apply(poison)).isInstanceOf(IllegalStateException.class);
        batch.park(poison, poison.stream(), NOW);
        apply(2, in("ws-1", NOW));

        assertThat(batch.letters())
                .extracting(letter -> letter.seq().getAsLong())
                .containsExactly(2L);
        assertThat(batch.movedPositions()).isEqualTo(Map.of("c", 2L));
        EmployeeFacts row = batch.changedFacts().getFirst();
        assertThat(row.parked()).isTrue();
        assertThat(row.parkedChangedAt()).isEqualTo(NOW);
        assertThat(row.lastSeq()).isZero();
    }

    @Test
    void lettersThatTheRowHasSeenAreNotAppliedAgain() {
        apply(1, in("ws-1", NOW));
        PendingEvent again = event(1, in("ws-1", NOW));
        batch.unpark(ANA, NOW);
        batch.reapply(again.stream(), again.read(again.stream()));
        PendingEvent later = event(5, out("ws-1", NOW.plusSeconds(9)));
        batch.reapply(later.stream(), later.read(later.stream()));

        assertThat(batch.rows().punches()).hasSize(2);
        assertThat(batch.movedPositions()).isEqualTo(Map.of("c", 1L));
    }

    private void apply(long seq, DomainEvent event) {
        batch.apply(event(seq, event));
    }

    /** As if that batch had been written and read again. */
    private ProjectionBatch after(ProjectionBatch written) {
        var next = new ProjectionBatch((_, id) -> stored.get(id));
        written.changedFacts().forEach(next::loaded);
        written.movedPositions().forEach(next::loaded);
        return next;
    }

    private static PendingEvent event(long seq, DomainEvent event) {
        String kind =
                event instanceof LeaveSubmitted || event instanceof LeaveApproved
                        ? "leave-account"
                        : "time-clock";
        return PendingEvent.of(
                        new GenericDomainEventMessage<>(
                                "Any",
                                kind + "/c/e1",
                                0,
                                event,
                                Map.of(
                                        MetadataKeys.COMPANY_ID,
                                        "c",
                                        MetadataKeys.COMPANY_SEQ,
                                        Long.toString(seq),
                                        MetadataKeys.RECEIVED_AT,
                                        NOW.toString(),
                                        MetadataKeys.COMMAND_ID,
                                        "k",
                                        MetadataKeys.SOURCE,
                                        "WEB")))
                .orElseThrow();
    }

    private static PunchedIn in(String session, Instant at) {
        return new PunchedIn("c", "e1", session, at, at, "UTC", TODAY, null);
    }

    private static PunchedOut out(String session, Instant at) {
        return new PunchedOut("c", "e1", session, at, at, "UTC", TODAY, null, null);
    }

    private static PunchCorrected corrected(String session, Instant from, Instant to) {
        return new PunchCorrected("c", "e1", session, from, to, TODAY);
    }

    private static LeaveApproved approved(String leave) {
        return new LeaveApproved("c", "e1", leave, null, null, null, "m1", null);
    }
}
