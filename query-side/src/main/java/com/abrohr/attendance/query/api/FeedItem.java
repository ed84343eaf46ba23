package com.abrohr.attendance.query.api;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.leave.LeaveRequestView;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * An entry of the feed as one of its audiences hears it; {@code prev} is the number that this
 * audience had before.
 */
sealed interface FeedItem {

    record Punched(
            long seq,
            long prev,
            String employeeId,
            Instant recordedAt,
            String kind,
            PunchType type,
            Instant occurredAt,
            @Nullable Location location,
            String commandId,
            WorkSessionView session)
            implements FeedItem {}

    record SessionCorrected(
            long seq,
            long prev,
            String employeeId,
            Instant recordedAt,
            String kind,
            WorkSessionView session)
            implements FeedItem {}

    /** A leave request was made, or became something else. */
    record Leave(
            long seq,
            long prev,
            String employeeId,
            Instant recordedAt,
            String kind,
            LeaveRequestView request)
            implements FeedItem {}

    /** Null for what only the board hears. */
    static @Nullable FeedItem of(FeedEntry entry, long prev) {
        return switch (entry.update()) {
            case FeedUpdate.Punched punched ->
                    new Punched(
                            entry.seq(),
                            prev,
                            entry.employeeId(),
                            entry.recordedAt(),
                            "PUNCHED",
                            punched.type(),
                            punched.occurredAt(),
                            punched.location(),
                            punched.commandId(),
                            punched.session());
            case FeedUpdate.SessionCorrected(WorkSessionView session) ->
                    new SessionCorrected(
                            entry.seq(),
                            prev,
                            entry.employeeId(),
                            entry.recordedAt(),
                            "SESSION_CORRECTED",
                            session);
            case FeedUpdate.LeaveRequested(LeaveRequestView request) ->
                    leave(entry, prev, "LEAVE_REQUESTED", request);
            case FeedUpdate.LeaveChanged(LeaveRequestView request) ->
                    leave(entry, prev, "LEAVE_CHANGED", request);
            case FeedUpdate.EmployeeJoined _, FeedUpdate.PresenceUnknown _ -> null;
        };
    }

    private static FeedItem leave(
            FeedEntry entry, long prev, String kind, LeaveRequestView request) {
        return new Leave(entry.seq(), prev, entry.employeeId(), entry.recordedAt(), kind, request);
    }
}
