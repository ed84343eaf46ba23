package com.abrohr.attendance.query.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.query.board.Outcome.LeaveAsked;
import com.abrohr.attendance.query.board.Outcome.LeaveStatusChanged;
import com.abrohr.attendance.query.board.Outcome.PunchAdded;
import com.abrohr.attendance.query.board.Outcome.RowChange;
import com.abrohr.attendance.query.board.Outcome.SessionBegun;
import com.abrohr.attendance.query.board.Outcome.SessionCorrected;
import com.abrohr.attendance.query.board.Outcome.SessionEnded;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

class BoardFoldTest {

    private static final Instant NOW = Instant.parse("2026-11-02T08:00:00.000000123Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);

    private EmployeeFacts facts = EmployeeFacts.initial("c", "e1");
    private List<RowChange> rows = List.of();
    private boolean tileChanged;
    private long seq;

    @Test
    void aPunchInOpensASessionAndShowsTheEmployeeIn() {
        apply(in("ws-1-e1", NOW, "geo:40.4,-3.7"));

        assertThat(facts.clock().open()).isTrue();
        assertThat(facts.lastSeq()).isEqualTo(1);
        assertThat(((PunchAdded) rows.getFirst()).punch().type()).isEqualTo(PunchType.IN);
        assertThat(((SessionBegun) rows.getLast()).session().punchOutTime()).isNull();
        assertThat(tile().presence()).isEqualTo(Presence.IN);
        assertThat(tile().sessionId()).isEqualTo("ws-1-e1");
        assertThat(tile().since()).isEqualTo("2026-11-02T08:00:00Z");
    }

    @Test
    void aPunchThatWasSentAsOfflineIsShownAsSuch() {
        Outcome outcome =
                BoardFold.apply(
                        facts,
                        _ -> null,
                        new Recorded(in("ws-1-e1", NOW, null), 1, NOW, NOW, "cmd", "WEB", true));

        assertThat(((PunchAdded) outcome.rows().getFirst()).punch().offline()).isTrue();
    }

    @Test
    void aPunchOutClosesTheSessionThatIsOpen() {
        apply(in("ws-1-e1", NOW, null));
        apply(out("ws-1-e1", NOW.plusSeconds(60)));

        assertThat(facts.clock().open()).isFalse();
        assertThat(rows.getLast())
                .isEqualTo(
                        new SessionEnded(
                                "ws-1-e1",
                                Instant.parse("2026-11-02T08:00:00Z"),
                                Instant.parse("2026-11-02T08:01:00Z")));
        assertThat(tile().presence()).isEqualTo(Presence.OUT);
    }

    @Test
    void aCorrectionOfTheOpenSessionMayCloseIt() {
        apply(in("ws-1-e1", NOW, null));
        apply(new CorrectionApproved("c", "e1", "ws-1-e1", "m1"));
        assertThat(tileChanged).isFalse();
        assertThat(rows).isEmpty();
        apply(
                new PunchCorrected(
                        "c", "e1", "ws-1-e1", NOW.minusSeconds(60), NOW.plusSeconds(60), TODAY));

        assertThat(facts.clock().open()).isFalse();
        assertThat(facts.lastSeq()).isEqualTo(3);
        assertThat(rows).singleElement().isInstanceOf(SessionCorrected.class);
    }

    @Test
    void aSessionWhoseStartWasCorrectedEndsAsItCountsNow() {
        apply(in("ws-1-e1", NOW, null));
        apply(new PunchCorrected("c", "e1", "ws-1-e1", NOW.minusSeconds(60), null, TODAY));
        apply(out("ws-1-e1", NOW.plusSeconds(60)));

        assertThat(((SessionEnded) rows.getLast()).punchInTime()).isEqualTo("2026-11-02T07:59:00Z");
    }

    @Test
    void aCorrectionOfAnEarlierSessionLeavesPresenceAlone() {
        apply(in("ws-1-e1", NOW, null));
        apply(out("ws-1-e1", NOW.plusSeconds(60)));
        apply(in("ws-2-e1", NOW.plusSeconds(120), null));
        apply(new PunchCorrected("c", "e1", "ws-1-e1", NOW, NOW.plusSeconds(30), TODAY));

        assertThat(facts.clock().open()).isTrue();
        assertThat(facts.clock().sessionId()).isEqualTo("ws-2-e1");
        assertThat(tile().since()).isEqualTo("2026-11-02T08:02:00Z");
    }

    @Test
    void approvedLeaveShowsAndWithdrawnLeaveShowsNoMore() {
        apply(asked("lv-1-e1", TODAY, TODAY.plusDays(1)));
        assertThat(tileChanged).isFalse();
        assertThat(rows).singleElement().isInstanceOf(LeaveAsked.class);
        apply(
                new LeaveApproved(
                        "c", "e1", "lv-1-e1", "annual", TODAY, TODAY.plusDays(1), "m1", null));
        assertThat(tile().presence()).isEqualTo(Presence.ON_LEAVE);
        assertThat(facts.nextChangeAt()).isEqualTo("2026-11-04T00:00:00Z");
        apply(new LeaveWithdrawn("c", "e1", "lv-1-e1", "annual", TODAY, TODAY.plusDays(1)));
        assertThat(tile().presence()).isEqualTo(Presence.OUT);
        assertThat(((LeaveStatusChanged) rows.getFirst()).status())
                .isEqualTo(LeaveStatus.WITHDRAWN);
    }

    @Test
    void anApprovalThatDoesNotSayItsDatesNeedsTheRequest() {
        apply(asked("lv-1-e1", TODAY, TODAY));
        var approved = new LeaveApproved("c", "e1", "lv-1-e1", null, null, null, "m1", null);
        assertThatThrownBy(() -> apply(approved)).isInstanceOf(IllegalStateException.class);

        Outcome outcome =
                BoardFold.apply(
                        facts,
                        _ -> null,
                        new Recorded(
                                asked("lv-1-e1", TODAY, TODAY), 9, NOW, NOW, "k", "WEB", false));
        var request = ((LeaveAsked) outcome.rows().getFirst()).request();
        assertThat(
                        BoardFold.apply(
                                        facts,
                                        _ -> request,
                                        new Recorded(approved, 9, NOW, NOW, "k", "WEB", false))
                                .facts()
                                .leave()
                                .approved())
                .hasSize(1);
    }

    @Test
    void somebodyNewIsShownUnderTheIdWhereNoNameWasRegistered() {
        apply(new EmployeeRegistered("c", "e1", null, "d1", "s1", "Europe/Madrid"));

        assertThat(tileChanged).isTrue();
        assertThat(tile().displayName()).isEqualTo("e1");
        assertThat(tile().zoneId()).isEqualTo("Europe/Madrid");
    }

    @Test
    void anEndOfASessionThatIsNotOpenCannotBeTrue() {
        assertThatThrownBy(() -> apply(out("ws-1-e1", NOW)))
                .isInstanceOf(IllegalStateException.class);
        apply(in("ws-1-e1", NOW, null));
        assertThatThrownBy(() -> apply(out("ws-2-e1", NOW)))
                .isInstanceOf(IllegalStateException.class);
    }

    private void apply(DomainEvent event) {
        Outcome outcome =
                BoardFold.apply(
                        facts,
                        _ -> null,
                        new Recorded(
                                event, ++seq, BoardFold.micros(NOW), NOW, "cmd", "WEB", false));
        facts = outcome.facts();
        rows = outcome.rows();
        tileChanged = outcome.tileChanged();
    }

    private PresenceView tile() {
        return PresenceRule.at(facts, NOW);
    }

    private static PunchedIn in(String session, Instant at, @Nullable String location) {
        return new PunchedIn("c", "e1", session, at, at, "UTC", TODAY, location);
    }

    private static PunchedOut out(String session, Instant at) {
        return new PunchedOut("c", "e1", session, at, at, "UTC", TODAY, null, null);
    }

    private static LeaveSubmitted asked(String id, LocalDate from, LocalDate to) {
        return new LeaveSubmitted("c", "e1", id, "annual", from, to, null);
    }
}
