package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.query.eventlog.RecordedEvent;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The pending leave requests of a live board, kept in memory. Not thread-safe. */
public interface BoardInbox {
    /**
     * Applies the next event of the company.
     *
     * @param displayName of its employee
     * @param changes learns what changes
     */
    void apply(RecordedEvent event, String displayName, BoardDeltaBuilder changes);

    /** Null unless it is pending. */
    @Nullable LeaveRequestView request(String leaveId);

    /** Oldest first. */
    List<LeaveRequestView> pending();
}
