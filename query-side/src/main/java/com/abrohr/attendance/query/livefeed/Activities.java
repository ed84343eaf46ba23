package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.leave.LeaveStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** How the board's activity names what happened. */
final class Activities {

    private Activities() {}

    /** Null for what the activity does not show. */
    static @Nullable BoardActivity of(FeedEntry entry, String displayName) {
        return switch (entry.update()) {
            case FeedUpdate.Punched punched ->
                    line(entry, "PUNCH_" + punched.type(), displayName, punched.occurredAt(), null);
            case FeedUpdate.SessionCorrected(FeedUpdate.Session session) ->
                    line(entry, "SESSION_CORRECTED", displayName, entry.recordedAt(), session.id());
            case FeedUpdate.LeaveRequested(FeedUpdate.Leave leave) ->
                    leave(entry, "LEAVE_REQUESTED", displayName, leave);
            case FeedUpdate.LeaveChanged(FeedUpdate.Leave leave) ->
                    leave(entry, "LEAVE_" + word(leave.status()), displayName, leave);
            case FeedUpdate.EmployeeJoined _ ->
                    line(entry, "EMPLOYEE_JOINED", displayName, entry.recordedAt(), null);
            case FeedUpdate.Unannounced _ -> null;
        };
    }

    private static String word(LeaveStatus status) {
        return status == LeaveStatus.PENDING ? "REQUESTED" : status.name();
    }

    private static BoardActivity leave(
            FeedEntry entry, String kind, String displayName, FeedUpdate.Leave leave) {
        return line(
                entry,
                kind,
                displayName,
                entry.recordedAt(),
                leave.leaveType() + " " + leave.startDate() + " – " + leave.endDate());
    }

    private static BoardActivity line(
            FeedEntry entry, String kind, String displayName, Instant at, @Nullable String detail) {
        return new BoardActivity(entry.seq(), kind, entry.employeeId(), displayName, at, detail);
    }
}
