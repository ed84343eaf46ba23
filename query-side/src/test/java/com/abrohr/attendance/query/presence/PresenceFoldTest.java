package com.abrohr.attendance.query.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.presence.EmployeeFacts.Range;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;

class PresenceFoldTest {
    private static final Instant NOW = Instant.parse("2026-11-02T08:00:00.000000123Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);
    private static final EmployeeKey ANA = new EmployeeKey("c", "e1");

    private EmployeeFacts facts = EmployeeFacts.initial(ANA);
    private long seq;

    @Test
    void aPunchInOpensASessionAndShowsTheEmployeeIn() {
        apply(in("ws-1-e1", NOW, "geo:40.4,-3.7"));

        assertThat(facts.clock().open()).isTrue();
        assertThat(facts.lastSeq()).isEqualTo(1);
        assertThat(tile().presence()).isEqualTo(Presence.IN);
        assertThat(tile().sessionId()).isEqualTo("ws-1-e1");
        assertThat(tile().since()).isEqualTo("2026-11-02T08:00:00Z");
        assertThat(tile().location()).isNotNull();
    }

    @Test
    void aPunchOutClosesTheSessionThatIsOpen() {
        apply(in("ws-1-e1", NOW, null));
        apply(out("ws-1-e1", NOW.plusSeconds(60)));

        assertThat(facts.clock().open()).isFalse();
        assertThat(tile().presence()).isEqualTo(Presence.OUT);
        assertThat(tile().since()).isEqualTo("2026-11-02T08:01:00Z");
    }

    @Test
    void aCorrectionOfTheOpenSessionMayCloseIt() {
        apply(in("ws-1-e1", NOW, null));
        EmployeeFacts.Clock before = facts.clock();
        apply(new CorrectionApproved("c", "e1", "ws-1-e1", "m1"));
        assertThat(facts.clock()).isEqualTo(before);
        apply(
                new PunchCorrected(
                        "c", "e1", "ws-1-e1", NOW.minusSeconds(60), NOW.plusSeconds(60), TODAY));

        assertThat(facts.clock().open()).isFalse();
        assertThat(facts.lastSeq()).isEqualTo(3);
    }

    @Test
    void aSessionWhoseStartWasCorrectedIsOpenSinceThen() {
        apply(in("ws-1-e1", NOW, null));
        apply(new PunchCorrected("c", "e1", "ws-1-e1", NOW.minusSeconds(60), null, TODAY));

        assertThat(tile().since()).isEqualTo("2026-11-02T07:59:00Z");
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
        apply(submitted("lv-1-e1", TODAY, TODAY.plusDays(1)));
        assertThat(tile().presence()).isEqualTo(Presence.OUT);
        apply(
                new LeaveApproved(
                        "c", "e1", "lv-1-e1", "annual", TODAY, TODAY.plusDays(1), "m1", null));
        assertThat(tile().presence()).isEqualTo(Presence.ON_LEAVE);
        assertThat(facts.nextChangeAt()).isEqualTo("2026-11-04T00:00:00Z");
        apply(new LeaveWithdrawn("c", "e1", "lv-1-e1", "annual", TODAY, TODAY.plusDays(1)));
        assertThat(tile().presence()).isEqualTo(Presence.OUT);
    }

    @Test
    void anApprovalThatDoesNotSayItsDatesNeedsThoseOfTheRequest() {
        var approved = new LeaveApproved("c", "e1", "lv-1-e1", null, null, null, "m1", null);
        assertThatThrownBy(() -> apply(approved)).isInstanceOf(IllegalStateException.class);

        apply(approved, id -> new Range(id, TODAY, TODAY));

        assertThat(facts.leave().approved()).containsExactly(new Range("lv-1-e1", TODAY, TODAY));
    }

    @Test
    void somebodyNewIsShownUnderTheIdWhereNoNameWasRegistered() {
        apply(new EmployeeRegistered("c", "e1", null, "d1", "s1", "Europe/Madrid"));

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
        apply(event, _ -> null);
    }

    private void apply(DomainEvent event, Function<String, @Nullable Range> requestedDates) {
        var recorded = new RecordedEvent(ANA, event, ++seq, NOW, NOW, "cmd", "WEB", false);
        facts = PresenceFold.apply(facts, recorded, requestedDates);
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

    private static LeaveSubmitted submitted(String id, LocalDate from, LocalDate to) {
        return new LeaveSubmitted("c", "e1", id, "annual", from, to, null);
    }
}
