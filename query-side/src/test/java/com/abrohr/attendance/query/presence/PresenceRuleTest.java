package com.abrohr.attendance.query.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.presence.EmployeeFacts.Clock;
import com.abrohr.attendance.query.presence.EmployeeFacts.Leave;
import com.abrohr.attendance.query.presence.EmployeeFacts.Person;
import com.abrohr.attendance.query.presence.EmployeeFacts.Range;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

class PresenceRuleTest {
    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    private final EmployeeFacts out =
            EmployeeFacts.initial(new EmployeeKey("c", "e1"))
                    .withPerson(new Person("Ana", null, null, "Europe/Madrid"));

    @Test
    void somebody_of_whom_nothing_was_heard_is_out_since_ever() {
        PresenceView tile = PresenceRule.at(out, NOON);
        assertThat(tile.presence()).isEqualTo(Presence.OUT);
        assertThat(tile.since()).isNull();
        assertThat(tile.nextChangeAt()).isNull();
    }

    @Test
    void leave_begins_and_ends_at_midnight_of_the_employees_zone() {
        EmployeeFacts onLeave = onLeave(range(10, 11));
        assertThat(PresenceRule.at(onLeave, Instant.parse("2026-11-09T22:59:59Z")).presence())
                .isEqualTo(Presence.OUT);
        PresenceView before = PresenceRule.at(onLeave, Instant.parse("2026-11-09T12:00:00Z"));
        assertThat(before.nextChangeAt()).isEqualTo("2026-11-09T23:00:00Z");
        PresenceView during = PresenceRule.at(onLeave, Instant.parse("2026-11-09T23:00:00Z"));
        assertThat(during.presence()).isEqualTo(Presence.ON_LEAVE);
        assertThat(during.nextChangeAt()).isEqualTo("2026-11-11T23:00:00Z");
        PresenceView after = PresenceRule.at(onLeave, Instant.parse("2026-11-11T23:00:00Z"));
        assertThat(after.presence()).isEqualTo(Presence.OUT);
        assertThat(after.since()).isEqualTo("2026-11-11T23:00:00Z");
    }

    @Test
    void leaves_that_follow_each_other_are_one_absence() {
        PresenceView tile =
                PresenceRule.at(onLeave(range(9, 10), range(11, 12), range(20, 21)), NOON);
        assertThat(tile.since()).isEqualTo("2026-11-08T23:00:00Z");
        assertThat(tile.nextChangeAt()).isEqualTo("2026-11-12T23:00:00Z");
    }

    @Test
    void an_open_session_counts_more_than_leave_and_dead_letters_more_than_both() {
        EmployeeFacts in =
                onLeave(range(10, 10))
                        .withClock(new Clock("ws-1-e1", true, NOON.minusSeconds(60), null));
        assertThat(PresenceRule.at(in, NOON).presence()).isEqualTo(Presence.IN);
        assertThat(PresenceRule.at(in, NOON).nextChangeAt()).isNull();
        assertThat(PresenceRule.at(in.withDeadLettered(true, NOON), NOON).presence())
                .isEqualTo(Presence.UNKNOWN);
    }

    private EmployeeFacts onLeave(Range... ranges) {
        return out.withLeave(new Leave(List.of(ranges)));
    }

    private static Range range(int from, int to) {
        return new Range("lv-" + from, LocalDate.of(2026, 11, from), LocalDate.of(2026, 11, to));
    }
}
