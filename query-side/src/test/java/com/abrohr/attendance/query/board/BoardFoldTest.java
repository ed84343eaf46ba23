package com.abrohr.attendance.query.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.query.board.BoardBatch.RowKey;
import com.abrohr.attendance.query.board.StreamId.EmployeeKey;
import com.abrohr.attendance.query.board.StreamId.Kind;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

class BoardFoldTest {

    private static final Instant NOW = Instant.parse("2026-11-02T08:00:00.000000123Z");
    private static final EmployeeKey ANA = new EmployeeKey("c", "e1");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);

    private final BoardBatch batch = new BoardBatch();

    @Test
    void a_punch_in_opens_a_session_and_shows_the_employee_in() {
        apply(Kind.TIME_CLOCK, 0, in("ws-1-e1", NOW, "geo:40.4,-3.7"));

        assertThat(facts().clock().open()).isTrue();
        assertThat(batch.changedSessions().get(new RowKey("c", "ws-1-e1")).punchOutTime()).isNull();
        assertThat(batch.punches())
                .singleElement()
                .satisfies(row -> assertThat(row.punch().type()).isEqualTo(PunchType.IN));
        FeedEntry entry = said().getLast();
        assertThat(entry.presence().presence()).isEqualTo(Presence.IN);
        assertThat(entry.presence().sessionId()).isEqualTo("ws-1-e1");
        assertThat(entry.presence().since()).isEqualTo("2026-11-02T08:00:00Z");
    }

    @Test
    void a_punch_that_was_sent_as_offline_is_shown_as_such() {
        batch.apply(
                new StreamId(Kind.TIME_CLOCK, "c", "e1"),
                new Recorded(in("ws-1-e1", NOW, null), 0, NOW, NOW, "cmd", "WEB", true),
                false);

        assertThat(batch.punches())
                .singleElement()
                .satisfies(row -> assertThat(row.punch().offline()).isTrue());
    }

    @Test
    void a_punch_out_closes_the_session_of_the_same_batch() {
        apply(Kind.TIME_CLOCK, 0, in("ws-1-e1", NOW, null));
        apply(Kind.TIME_CLOCK, 1, out("ws-1-e1", NOW.plusSeconds(60)));

        assertThat(facts().clock().open()).isFalse();
        assertThat(batch.changedSessions().get(new RowKey("c", "ws-1-e1")).punchOutTime())
                .isEqualTo("2026-11-02T08:01:00Z");
        assertThat(said().getLast().presence().presence()).isEqualTo(Presence.OUT);
    }

    @Test
    void a_correction_of_the_open_session_may_close_it() {
        apply(Kind.TIME_CLOCK, 0, in("ws-1-e1", NOW, null));
        apply(Kind.TIME_CLOCK, 1, new CorrectionApproved("c", "e1", "ws-1-e1", "m1"));
        apply(
                Kind.TIME_CLOCK,
                2,
                new PunchCorrected(
                        "c", "e1", "ws-1-e1", NOW.minusSeconds(60), NOW.plusSeconds(60), TODAY));

        assertThat(facts().clock().open()).isFalse();
        assertThat(facts().clock().sequence()).isEqualTo(2);
        assertThat(batch.changedSessions().get(new RowKey("c", "ws-1-e1")).corrected()).isTrue();
        assertThat(said()).hasSize(2);
    }

    @Test
    void a_correction_of_an_earlier_session_leaves_presence_alone() {
        apply(Kind.TIME_CLOCK, 0, in("ws-1-e1", NOW, null));
        apply(Kind.TIME_CLOCK, 1, out("ws-1-e1", NOW.plusSeconds(60)));
        apply(Kind.TIME_CLOCK, 2, in("ws-2-e1", NOW.plusSeconds(120), null));
        apply(
                Kind.TIME_CLOCK,
                3,
                new PunchCorrected("c", "e1", "ws-1-e1", NOW, NOW.plusSeconds(30), TODAY));

        assertThat(facts().clock().open()).isTrue();
        assertThat(facts().clock().sessionId()).isEqualTo("ws-2-e1");
        assertThat(said().getLast().presence().since()).isEqualTo("2026-11-02T08:02:00Z");
    }

    @Test
    void approved_leave_shows_and_withdrawn_leave_shows_no_more() {
        apply(Kind.LEAVE_ACCOUNT, 0, leave("lv-1-e1", TODAY, TODAY.plusDays(1)));
        assertThat(said().getLast().presence()).isNull();
        apply(Kind.LEAVE_ACCOUNT, 1, new LeaveApproved("c", "e1", "lv-1-e1", "m1", null));
        assertThat(said().getLast().presence().presence()).isEqualTo(Presence.ON_LEAVE);
        assertThat(said().getLast().presence().nextChangeAt()).isEqualTo("2026-11-04T00:00:00Z");
        apply(Kind.LEAVE_ACCOUNT, 2, new LeaveWithdrawn("c", "e1", "lv-1-e1"));
        assertThat(said().getLast().presence().presence()).isEqualTo(Presence.OUT);
        assertThat(batch.changedRequests().get(new RowKey("c", "lv-1-e1")).status())
                .isEqualTo(LeaveStatus.WITHDRAWN);
    }

    @Test
    void somebody_new_is_shown_under_the_name_that_was_registered() {
        apply(
                Kind.EMPLOYEE,
                0,
                new EmployeeRegistered("c", "e1", null, "d1", "s1", "Europe/Madrid"));
        assertThat(said().getLast().update()).isInstanceOf(FeedUpdate.EmployeeJoined.class);
        assertThat(said().getLast().presence().displayName()).isEqualTo("e1");
    }

    @Test
    void what_was_applied_before_changes_nothing() {
        apply(Kind.TIME_CLOCK, 0, in("ws-1-e1", NOW, null));
        apply(Kind.TIME_CLOCK, 0, in("ws-1-e1", NOW, null));
        assertThat(said()).hasSize(1);
        assertThat(batch.punches()).hasSize(1);
    }

    @Test
    void a_gap_in_a_stream_is_never_passed_over() {
        apply(Kind.TIME_CLOCK, 0, in("ws-1-e1", NOW, null));
        assertThatThrownBy(() -> apply(Kind.TIME_CLOCK, 2, out("ws-1-e1", NOW)))
                .isInstanceOf(SequenceGap.class);
    }

    @Test
    void an_event_of_a_session_that_is_not_known_cannot_be_applied() {
        assertThatThrownBy(() -> apply(Kind.TIME_CLOCK, 0, out("ws-1-e1", NOW)))
                .isInstanceOf(IllegalStateException.class);
    }

    private void apply(Kind kind, long sequence, DomainEvent event) {
        batch.apply(
                new StreamId(kind, "c", "e1"),
                new Recorded(event, sequence, BoardFold.micros(NOW), NOW, "cmd", "WEB", false),
                false);
    }

    private EmployeeFacts facts() {
        return batch.changedFacts().stream()
                .filter(row -> row.employeeId().equals(ANA.employeeId()))
                .findFirst()
                .orElseThrow();
    }

    private List<FeedEntry> said() {
        return batch.entries().get("c");
    }

    private static PunchedIn in(String session, Instant at, String location) {
        return new PunchedIn("c", "e1", session, at, at, "UTC", TODAY, location);
    }

    private static PunchedOut out(String session, Instant at) {
        return new PunchedOut("c", "e1", session, at, at, "UTC", TODAY, null);
    }

    private static LeaveSubmitted leave(String id, LocalDate from, LocalDate to) {
        return new LeaveSubmitted("c", "e1", id, "annual", from, to, null);
    }
}
