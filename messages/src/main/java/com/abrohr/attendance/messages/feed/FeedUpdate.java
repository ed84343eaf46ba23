package com.abrohr.attendance.messages.feed;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.leave.LeaveRequestView;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What happened to the read models, in the words of the field and of no wire. */
public sealed interface FeedUpdate {

    /** Somebody punched: the managers hear the punch, the employee the session. */
    record Punched(
            PunchType type,
            Instant occurredAt,
            @Nullable Location location,
            String commandId,
            WorkSessionView session)
            implements FeedUpdate {}

    /** A work session counts differently now: the managers and the employee hear it. */
    record SessionCorrected(WorkSessionView session) implements FeedUpdate {}

    /** Somebody asked for leave: the managers hear the request, the employee that it is pending. */
    record LeaveRequested(LeaveRequestView request) implements FeedUpdate {}

    /** A request was approved, rejected or withdrawn: the managers and the employee hear it. */
    record LeaveChanged(LeaveRequestView request) implements FeedUpdate {}

    /** Somebody is new in the company: only the board hears it. */
    record EmployeeJoined() implements FeedUpdate {}

    /**
     * An event about this employee could not be applied and waits as a dead letter: only the board
     * hears that nobody knows where they stand.
     */
    record PresenceUnknown() implements FeedUpdate {}
}
