package com.abrohr.attendance.messages.feed;

import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.leave.LeaveRequestView;

import java.util.List;

/**
 * How a live board changed: state, not history, so applying one twice does no harm.
 *
 * @param seq the company's number that the board stands at afterwards
 * @param rows employees whose tile changed, each once, as it is now
 * @param pending leave requests that came into the inbox or changed there
 * @param noLongerPending ids of the leave requests that left it
 * @param activity what happened, oldest first
 */
public record BoardDelta(
        long seq,
        List<PresenceView> rows,
        List<LeaveRequestView> pending,
        List<String> noLongerPending,
        List<BoardActivity> activity) {

    public BoardDelta {
        rows = List.copyOf(rows);
        pending = List.copyOf(pending);
        noLongerPending = List.copyOf(noLongerPending);
        activity = List.copyOf(activity);
    }
}
