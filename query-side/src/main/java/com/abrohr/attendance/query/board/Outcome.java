package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.attendance.PunchView;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.leave.LeaveRequestView;

import org.jspecify.annotations.Nullable;

/**
 * What one event changes; null where it changes nothing.
 *
 * @param update what the feed says of it
 * @param tileChanged whether the feed entry carries the employee's tile
 */
record Outcome(
        EmployeeFacts facts,
        @Nullable PunchView punch,
        @Nullable WorkSessionView session,
        @Nullable LeaveRequestView leave,
        @Nullable FeedUpdate update,
        boolean tileChanged) {

    static Outcome silent(EmployeeFacts facts) {
        return new Outcome(facts, null, null, null, null, false);
    }
}
