package com.abrohr.attendance.query.api;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** An entry of the feed as it is shown over REST. */
sealed interface FeedItem {

    record Punched(
            long seq,
            String employeeId,
            Instant recordedAt,
            String kind,
            PunchType type,
            Instant occurredAt,
            Instant countedAt,
            boolean offline,
            @Nullable Location location,
            String commandId,
            FeedUpdate.Session session)
            implements FeedItem {}

    record SessionCorrected(
            long seq,
            String employeeId,
            Instant recordedAt,
            String kind,
            FeedUpdate.Session session)
            implements FeedItem {}

    /** A leave request was made, or became something else. */
    record Leave(
            long seq, String employeeId, Instant recordedAt, String kind, FeedUpdate.Leave leave)
            implements FeedItem {}

    /** Null for what nobody hears of by itself. */
    static @Nullable FeedItem of(FeedEntry entry) {
        return switch (entry.update()) {
            case FeedUpdate.Punched punched ->
                    new Punched(
                            entry.seq(),
                            entry.employeeId(),
                            entry.recordedAt(),
                            "PUNCHED",
                            punched.type(),
                            punched.occurredAt(),
                            punched.countedAt(),
                            punched.offline(),
                            punched.location(),
                            punched.commandId(),
                            punched.session());
            case FeedUpdate.SessionCorrected(FeedUpdate.Session session) ->
                    new SessionCorrected(
                            entry.seq(),
                            entry.employeeId(),
                            entry.recordedAt(),
                            "SESSION_CORRECTED",
                            session);
            case FeedUpdate.LeaveRequested(FeedUpdate.Leave leave) ->
                    leave(entry, "LEAVE_REQUESTED", leave);
            case FeedUpdate.LeaveChanged(FeedUpdate.Leave leave) ->
                    leave(entry, "LEAVE_CHANGED", leave);
            case FeedUpdate.EmployeeJoined _, FeedUpdate.Unannounced _ -> null;
        };
    }

    private static FeedItem leave(FeedEntry entry, String kind, FeedUpdate.Leave leave) {
        return new Leave(entry.seq(), entry.employeeId(), entry.recordedAt(), kind, leave);
    }
}
