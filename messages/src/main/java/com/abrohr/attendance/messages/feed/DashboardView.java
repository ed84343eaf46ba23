package com.abrohr.attendance.messages.feed;

import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.leave.LeaveRequestView;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Rows and feed number read in one snapshot of the database.
 *
 * @param counts employees by presence; absent keys are 0
 * @param rows every employee of the company, by employee id
 * @param pendingLeave the leave inbox, oldest first
 * @param activity the last entries of the feed, newest first
 */
public record DashboardView(
        FeedPosition position,
        Instant asOf,
        Map<Presence, Integer> counts,
        List<PresenceView> rows,
        List<LeaveRequestView> pendingLeave,
        List<FeedEntry> activity) {

    public DashboardView {
        counts = Map.copyOf(counts);
        rows = List.copyOf(rows);
        pendingLeave = List.copyOf(pendingLeave);
        activity = List.copyOf(activity);
    }
}
