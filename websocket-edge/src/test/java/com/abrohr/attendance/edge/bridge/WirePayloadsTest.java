package com.abrohr.attendance.edge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

class WirePayloadsTest {

    private static final Instant AT = Instant.parse("2026-01-31T08:00:00.250Z");

    @Test
    void managersHearAPunchAsTheGuideSpellsIt() {
        FeedEntry entry = punched(9, "e1");

        assertThat(WirePayloads.punch(entry, (FeedUpdate.Punched) entry.update()))
                .isEqualTo(
                        Map.of(
                                "employeeId", "e1",
                                "timestamp", "2026-01-31T08:00:00.250Z",
                                "location", Map.of("lat", 1.5, "lng", 2.5, "accuracy", 12.0),
                                "status", "success",
                                "commandId", "c-9",
                                "seq", 9L));
    }

    @Test
    void timestampsComeBackAsJavaScriptWroteThem() {
        assertThat(WireTime.of(Instant.parse("2026-01-31T08:00:00Z")))
                .isEqualTo("2026-01-31T08:00:00.000Z");
        assertThat(WireTime.of(Instant.parse("2026-01-31T08:00:00.123456Z")))
                .isEqualTo("2026-01-31T08:00:00.123456Z");
    }

    @Test
    void leaveStatusIsSpeltInLowerCase() {
        var leave =
                new FeedUpdate.Leave(
                        "lv-1-e1",
                        "annual",
                        LocalDate.of(2026, 2, 1),
                        LocalDate.of(2026, 2, 3),
                        LeaveStatus.APPROVED,
                        null,
                        "m1",
                        null);
        var entry = new FeedEntry("c1", 3, "e1", AT, new FeedUpdate.LeaveChanged(leave));

        assertThat(WirePayloads.leaveStatus(entry, leave))
                .isEqualTo(
                        Map.of(
                                "id", "lv-1-e1",
                                "employeeId", "e1",
                                "status", "approved",
                                "leaveType", "annual",
                                "startDate", "2026-02-01",
                                "endDate", "2026-02-03",
                                "decidedBy", "m1",
                                "seq", 3L));
    }

    @Test
    void aDeltaIsTheStateThatTheQuerySideMade() {
        PresenceView tile = FeedInMemory.tile("e1", Presence.OUT);
        var line = new BoardActivity(7, "PUNCH_OUT", "e1", "Eva", AT, null);

        var delta =
                DashboardPayloads.changes(
                        new BoardDelta(
                                7,
                                List.of(tile),
                                List.of(pending()),
                                List.of("lv-2-e2"),
                                List.of(line)));

        assertThat(delta)
                .isEqualTo(
                        new DashboardPayloads.Delta(
                                7,
                                List.of(tile),
                                new DashboardPayloads.InboxChange(
                                        List.of(pending()), List.of("lv-2-e2")),
                                List.of(line)));
    }

    private static FeedEntry punched(long seq, String employee) {
        return new FeedEntry(
                "c1",
                seq,
                employee,
                AT,
                new FeedUpdate.Punched(
                        PunchType.IN,
                        AT,
                        AT,
                        false,
                        new Location(1.5, 2.5, 12.0),
                        "c-" + seq,
                        new FeedUpdate.Session(
                                "ws-1-" + employee, LocalDate.of(2026, 1, 31), AT, null)));
    }

    private static LeaveRequestView pending() {
        return new LeaveRequestView(
                "lv-1-e1",
                "e1",
                "Eva",
                "annual",
                LocalDate.of(2026, 2, 1),
                LocalDate.of(2026, 2, 3),
                null,
                LeaveStatus.PENDING,
                AT,
                null,
                null,
                null);
    }
}
