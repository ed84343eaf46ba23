package com.abrohr.attendance.messages.feed;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.leave.LeaveStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What an event says to those who may get it, in the words of the field and of no wire: a function
 * of that event alone.
 */
public sealed interface FeedUpdate {
    /** Somebody punched: the managers get the punch, the employee the session. */
    record Punched(
            PunchType type,
            Instant occurredAt,
            Instant countedAt,
            boolean offline,
            @Nullable Location location,
            String commandId,
            Session session)
            implements FeedUpdate {}

    /** A work session counts differently now: the managers and the employee get it. */
    record SessionCorrected(Session session) implements FeedUpdate {}

    /** Somebody asked for leave: the managers get the request, the employee that it is pending. */
    record LeaveRequested(Leave leave) implements FeedUpdate {}

    /** A request was approved, rejected or withdrawn: the managers and the employee get it. */
    record LeaveChanged(Leave leave) implements FeedUpdate {}

    /** Somebody is new in the company: only the board shows it. */
    record EmployeeJoined() implements FeedUpdate {}

    /** This event is delivered to nobody. */
    record Unannounced() implements FeedUpdate {}

    /**
     * A work session after an event about it.
     *
     * @param punchInTime as it counts
     * @param punchOutTime as it counts; null while the session is open
     */
    record Session(
            String id,
            LocalDate businessDate,
            Instant punchInTime,
            @Nullable Instant punchOutTime) {}

    /**
     * A leave request after an event about it.
     *
     * @param reason said with the request only
     * @param decidedBy who decided; null for a request and for a withdrawal
     * @param comment said with a decision only
     */
    record Leave(
            String id,
            String leaveType,
            LocalDate startDate,
            LocalDate endDate,
            LeaveStatus status,
            @Nullable String reason,
            @Nullable String decidedBy,
            @Nullable String comment) {}
}
