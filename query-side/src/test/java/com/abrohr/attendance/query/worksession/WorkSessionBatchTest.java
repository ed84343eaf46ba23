package com.abrohr.attendance.query.worksession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.worksession.WorkSessionBatch.Begun;
import com.abrohr.attendance.query.worksession.WorkSessionBatch.Corrected;
import com.abrohr.attendance.query.worksession.WorkSessionBatch.Ended;
import com.abrohr.attendance.query.worksession.WorkSessionBatch.Key;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;

/** Each stored session is written once, however many events of the batch are about it. */
class WorkSessionBatchTest {
    private static final Instant NOW = Instant.parse("2026-11-02T08:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);
    private static final EmployeeKey ANA = new EmployeeKey("c", "e1");
    private static final Key SESSION = new Key(ANA, "ws-1");

    private final WorkSessionBatch batch = new WorkSessionBatch();

    @Test
    void aSessionThatBeginsAndEndsInTheBatchIsOneRow() {
        apply(1, in(NOW));
        apply(2, out(NOW.plusSeconds(60)));

        Begun row = batch.begun.get(SESSION);
        assertThat(row.seq()).isEqualTo(2);
        assertThat(row.punchOutTime()).isEqualTo(NOW.plusSeconds(60));
        assertThat(batch.ended).isEmpty();
    }

    @Test
    void anEndOfAStoredSessionNamesTheRowByItsStart() {
        batch.loaded(ANA, "ws-1", NOW);
        apply(2, out(NOW.plusSeconds(60)));

        assertThat(batch.ended.get(SESSION)).isEqualTo(new Ended(NOW, NOW.plusSeconds(60), 2));
    }

    @Test
    void aCorrectionOfAStoredSessionTakesUpTheEndsBeforeAndAfterIt() {
        batch.loaded(ANA, "ws-1", NOW);
        apply(2, out(NOW.plusSeconds(60)));
        apply(3, corrected(NOW.minusSeconds(60), null));
        assertThat(batch.ended).isEmpty();
        apply(4, out(NOW.plusSeconds(90)));

        assertThat(batch.ended).isEmpty();
        assertThat(batch.corrected.get(SESSION))
                .isEqualTo(new Corrected(TODAY, NOW.minusSeconds(60), NOW.plusSeconds(90), 4));
    }

    @Test
    void aCorrectionOfASessionOfTheBatchChangesItsRow() {
        apply(1, in(NOW));
        apply(2, corrected(NOW.minusSeconds(60), NOW.plusSeconds(60)));

        Begun row = batch.begun.get(SESSION);
        assertThat(row.corrected()).isTrue();
        assertThat(row.punchInTime()).isEqualTo(NOW.minusSeconds(60));
        assertThat(batch.corrected).isEmpty();
    }

    @Test
    void aSessionThatIsNotOpenCannotEnd() {
        assertThatThrownBy(() -> apply(1, out(NOW))).isInstanceOf(IllegalStateException.class);
        batch.loaded(ANA, "ws-1", null);
        assertThatThrownBy(() -> apply(1, out(NOW))).isInstanceOf(IllegalStateException.class);
    }

    private void apply(long seq, DomainEvent event) {
        batch.apply(new RecordedEvent(ANA, event, seq, NOW, NOW, "k", "WEB", false));
    }

    private static PunchedIn in(Instant at) {
        return new PunchedIn("c", "e1", "ws-1", at, at, "UTC", TODAY, null);
    }

    private static PunchedOut out(Instant at) {
        return new PunchedOut("c", "e1", "ws-1", at, at, "UTC", TODAY, null, null);
    }

    private static PunchCorrected corrected(Instant from, @Nullable Instant to) {
        return new PunchCorrected("c", "e1", "ws-1", from, to, TODAY);
    }
}
