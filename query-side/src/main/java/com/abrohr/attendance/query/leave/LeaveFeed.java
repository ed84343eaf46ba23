package com.abrohr.attendance.query.leave;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.livefeed.EarlierFacts;
import com.abrohr.attendance.query.livefeed.EarlierFacts.LeaveFacts;
import com.abrohr.attendance.query.livefeed.FeedMapping;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

/** What events of leave requests say in the live feed. */
public final class LeaveFeed implements FeedMapping {
    @Override
    public @Nullable FeedUpdate update(RecordedEvent recorded, EarlierFacts earlier) {
        if (!(recorded.event() instanceof LeaveEvent event)) {
            return null;
        }
        return switch (event) {
            case LeaveSubmitted it ->
                    new FeedUpdate.LeaveRequested(
                            new FeedUpdate.Leave(
                                    it.leaveId(),
                                    it.leaveType(),
                                    it.startDate(),
                                    it.endDate(),
                                    LeaveStatus.PENDING,
                                    it.reason(),
                                    null,
                                    null));
            case LeaveApproved it ->
                    changed(
                            it,
                            facts(it.leaveType(), it.startDate(), it.endDate()),
                            earlier,
                            LeaveStatus.APPROVED,
                            it.approvedBy(),
                            it.comment());
            case LeaveRejected it ->
                    changed(
                            it,
                            facts(it.leaveType(), it.startDate(), it.endDate()),
                            earlier,
                            LeaveStatus.REJECTED,
                            it.rejectedBy(),
                            it.comment());
            case LeaveWithdrawn it ->
                    changed(
                            it,
                            facts(it.leaveType(), it.startDate(), it.endDate()),
                            earlier,
                            LeaveStatus.WITHDRAWN,
                            null,
                            null);
        };
    }

    private static @Nullable LeaveFacts facts(
            @Nullable String type, @Nullable LocalDate from, @Nullable LocalDate to) {
        return type == null || from == null || to == null ? null : new LeaveFacts(type, from, to);
    }

    private static FeedUpdate changed(
            LeaveEvent event,
            @Nullable LeaveFacts ofEvent,
            EarlierFacts earlier,
            LeaveStatus status,
            @Nullable String decidedBy,
            @Nullable String comment) {
        LeaveFacts facts = ofEvent == null ? earlier.leave(event.leaveId()) : ofEvent;
        return new FeedUpdate.LeaveChanged(
                new FeedUpdate.Leave(
                        event.leaveId(),
                        facts.leaveType(),
                        facts.startDate(),
                        facts.endDate(),
                        status,
                        null,
                        decidedBy,
                        comment));
    }

    @Override
    public @Nullable LeaveFacts leave(DomainEvent event, String leaveId) {
        return event instanceof LeaveSubmitted it && it.leaveId().equals(leaveId)
                ? new LeaveFacts(it.leaveType(), it.startDate(), it.endDate())
                : null;
    }

    @Override
    public @Nullable BoardActivity activity(FeedEntry entry, String displayName) {
        return switch (entry.update()) {
            case FeedUpdate.LeaveRequested(FeedUpdate.Leave leave) ->
                    activity(entry, "LEAVE_REQUESTED", displayName, leave);
            case FeedUpdate.LeaveChanged(FeedUpdate.Leave leave) ->
                    activity(entry, "LEAVE_" + leave.status(), displayName, leave);
            default -> null;
        };
    }

    private static BoardActivity activity(
            FeedEntry entry, String kind, String displayName, FeedUpdate.Leave leave) {
        return FeedMapping.line(
                entry,
                kind,
                displayName,
                entry.recordedAt(),
                leave.leaveType() + " " + leave.startDate() + " – " + leave.endDate());
    }

    /** A leave request that was made or changed, as {@code GET /feed} shows it. */
    record Leave(
            long seq, String employeeId, Instant recordedAt, String kind, FeedUpdate.Leave leave) {}

    @Override
    public @Nullable Object item(FeedEntry entry) {
        return switch (entry.update()) {
            case FeedUpdate.LeaveRequested(FeedUpdate.Leave leave) ->
                    item(entry, "LEAVE_REQUESTED", leave);
            case FeedUpdate.LeaveChanged(FeedUpdate.Leave leave) ->
                    item(entry, "LEAVE_CHANGED", leave);
            default -> null;
        };
    }

    private static Leave item(FeedEntry entry, String kind, FeedUpdate.Leave leave) {
        return new Leave(entry.seq(), entry.employeeId(), entry.recordedAt(), kind, leave);
    }
}
