package com.abrohr.attendance.query.leave;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.eventlog.RecordedEvent;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;

class LeaveReadModelTest {
    private static final Instant NOW = Instant.parse("2026-11-02T08:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);

    private final LeaveReadModel.Batch batch = new LeaveReadModel.Batch();

    @Test
    void aRequestThatIsDecidedInItsBatchIsOneRow() {
        apply(1, new LeaveSubmitted("c", "e1", "lv-1", "annual", TODAY, TODAY, null));
        apply(2, new LeaveApproved("c", "e1", "lv-1", "annual", TODAY, TODAY, "m1", null));

        assertThat(batch.submittedColumns().size()).isEqualTo(1);
        assertThat(batch.decidedColumns().size()).isZero();
    }

    @Test
    void aStoredRequestIsWrittenOnceHoweverOftenItIsDecided() {
        apply(2, new LeaveApproved("c", "e1", "lv-1", "annual", TODAY, TODAY, "m1", null));
        apply(3, new LeaveWithdrawn("c", "e1", "lv-1", "annual", TODAY, TODAY));

        assertThat(batch.submittedColumns().size()).isZero();
        assertThat(batch.decidedColumns().size()).isEqualTo(1);
    }

    private void apply(long seq, DomainEvent event) {
        batch.apply(
                new RecordedEvent(
                        new EmployeeKey("c", "e1"), event, seq, NOW, NOW, "k", "WEB", false));
    }
}
