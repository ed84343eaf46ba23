package com.abrohr.attendance.messages.feed;

import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.leave.LeaveRequestView;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The whole board at one number of the company.
 *
 * @param counts employees by presence; absent keys are 0
 * @param rows every employee of the company, by employee id
 * @param pendingLeave the leave inbox, oldest first
 * @param activity what happened last, newest first
 */
public record DashboardView(
        FeedPosition position,
        Instant asOf,
        Map<Presence, Integer> counts,
        List<PresenceView> rows,
        List<LeaveRequestView> pendingLeave,
        List<BoardActivity> activity) {

    public DashboardView {
        counts = Map.copyOf(counts);
        rows = List.copyOf(rows);
        pendingLeave = List.copyOf(pendingLeave);
        activity = List.copyOf(activity);
    }
}
