package com.abrohr.attendance.edge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
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
        FeedEntry entry = punched(9, "e1", Presence.IN);

        assertThat(WirePayloads.punch(entry, (FeedUpdate.Punched) entry.update()))
                .isEqualTo(
                        Map.of(
                                "employeeId", "e1",
                                "timestamp", "2026-01-31T08:00:00.250Z",
                                "location", Map.of("lat", 1.5, "lng", 2.5, "accuracy", 12.0),
                                "status", "success",
                                "commandId", "c-9",
                                "seq", 9L,
                                "prev", 8L));
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
        FeedEntry entry = leave(3, new FeedUpdate.LeaveChanged(request(LeaveStatus.APPROVED)));

        assertThat(WirePayloads.leaveStatus(entry, request(LeaveStatus.APPROVED), 1))
                .containsEntry("status", "approved")
                .containsEntry("id", "lv-1-e1")
                .containsEntry("prev", 1L);
    }

    @Test
    void aDeltaCarriesTheLastTileOfEachEmployeeAndEveryActivity() {
        var delta =
                DashboardPayloads.changes(
                        4,
                        7,
                        List.of(
                                punched(5, "e1", Presence.IN),
                                punched(6, "e2", Presence.IN),
                                punched(7, "e1", Presence.OUT)));

        assertThat(delta.prev()).isEqualTo(4);
        assertThat(delta.seq()).isEqualTo(7);
        assertThat(delta.rows())
                .extracting(PresenceView::employeeId, PresenceView::presence)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("e1", Presence.OUT),
                        org.assertj.core.groups.Tuple.tuple("e2", Presence.IN));
        assertThat(delta.activity()).hasSize(3);
    }

    @Test
    void aRequestDecidedWithinOneDeltaNeverShowsInTheInbox() {
        var delta =
                DashboardPayloads.changes(
                        0,
                        2,
                        List.of(
                                leave(
                                        1,
                                        new FeedUpdate.LeaveRequested(
                                                request(LeaveStatus.PENDING))),
                                leave(
                                        2,
                                        new FeedUpdate.LeaveChanged(
                                                request(LeaveStatus.REJECTED)))));

        assertThat(delta.pendingLeave().upsert()).isEmpty();
        assertThat(delta.pendingLeave().remove()).containsExactly("lv-1-e1");
        assertThat(delta.activity())
                .extracting(DashboardPayloads.Activity::kind)
                .containsExactly("LEAVE_REQUESTED", "LEAVE_REJECTED");
    }

    private static FeedEntry punched(long seq, String employee, Presence presence) {
        return new FeedEntry(
                "c1",
                seq,
                seq - 1,
                0,
                employee,
                AT,
                new FeedUpdate.Punched(
                        presence == Presence.IN ? PunchType.IN : PunchType.OUT,
                        AT,
                        new Location(1.5, 2.5, 12.0),
                        "c-" + seq,
                        new WorkSessionView(
                                "ws-1-" + employee,
                                employee,
                                LocalDate.of(2026, 1, 31),
                                "UTC",
                                AT,
                                null,
                                false)),
                new PresenceView(
                        employee, employee, null, null, "UTC", presence, AT, null, null, null));
    }

    private static FeedEntry leave(long seq, FeedUpdate update) {
        return new FeedEntry("c1", seq, seq - 1, 0, "e1", AT, update, null);
    }

    private static LeaveRequestView request(LeaveStatus status) {
        return new LeaveRequestView(
                "lv-1-e1",
                "e1",
                "Eva",
                "annual",
                LocalDate.of(2026, 2, 1),
                LocalDate.of(2026, 2, 3),
                null,
                status,
                AT,
                null,
                null,
                null);
    }
}
