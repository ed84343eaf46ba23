package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.OutboundEvent;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.identity.Caller;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Which of the guide's events an entry is delivered as, and to whom: all that depends on the type
 * of its update.
 */
final class ServerEvents {
    /** An entry without the texts that people write, with ids of usual length. */
    private static final int FIXED_BYTES = 512;

    private ServerEvents() {}

    /**
     * The events of one entry, each encoded when it is first needed.
     *
     * @param toManagers for managers and HR
     * @param toEmployee for the employee whom the entry is about; null when that is the same event:
     *     then a manager gets it once about themself
     * @param toSender for the socket that sent the command, in place of {@code toEmployee}; null
     *     when that is the same event
     * @param commandId of the command that {@code toSender} is about
     */
    record Announcement(
            Supplier<OutboundEvent> toManagers,
            @Nullable Supplier<OutboundEvent> toEmployee,
            @Nullable Supplier<OutboundEvent> toSender,
            String commandId) {}

    /** Null when the entry is announced to nobody. */
    static @Nullable Announcement of(FeedEntry entry) {
        return switch (entry.update()) {
            // The sender of a punch has its confirmation: the guide's card would show
            // attendance_update as a correction of what it has just shown.
            case FeedUpdate.Punched punched ->
                    new Announcement(
                            () -> punch(entry, punched),
                            () -> session("attendance_update", entry, punched.session()),
                            () -> session("work_session_updated", entry, punched.session()),
                            punched.commandId());
            case FeedUpdate.LeaveRequested(var leave) ->
                    new Announcement(
                            () ->
                                    OutboundEvent.event(
                                            "leave_request_new",
                                            WirePayloads.leaveRequest(entry, leave)),
                            () -> leaveStatus(entry, leave),
                            null,
                            "");
            case FeedUpdate.SessionCorrected(var session) ->
                    new Announcement(
                            () -> session("attendance_update", entry, session), null, null, "");
            case FeedUpdate.LeaveChanged(var leave) ->
                    new Announcement(() -> leaveStatus(entry, leave), null, null, "");
            case FeedUpdate.EmployeeJoined _, FeedUpdate.Unannounced _ -> null;
        };
    }

    /**
     * All events that one client gets of entries, as its rooms would have got them.
     *
     * @param recovers whether with an offset
     * @param boardSeq where the client's live board stands; null when it has none
     */
    static List<OutboundEvent> missed(
            Caller caller, List<FeedEntry> entries, boolean recovers, @Nullable Long boardSeq) {
        List<OutboundEvent> events = new ArrayList<>();
        for (FeedEntry entry : entries) {
            for (OutboundEvent event : missed(caller, entry)) {
                events.add(
                        recovers
                                ? event.withOffset(new FeedOffset(entry.seq(), boardSeq).text())
                                : event);
            }
        }
        return events;
    }

    private static List<OutboundEvent> missed(Caller caller, FeedEntry entry) {
        Announcement announcement = of(entry);
        if (announcement == null) {
            return List.of();
        }
        List<OutboundEvent> events = new ArrayList<>(2);
        boolean isManager = caller.role().watchesCompany();
        Supplier<OutboundEvent> toEmployee = announcement.toEmployee();
        boolean isTarget = caller.is(entry.employeeId());
        if (isManager || (isTarget && toEmployee == null)) {
            events.add(announcement.toManagers().get());
        }
        if (isTarget && toEmployee != null) {
            events.add(toEmployee.get());
        }
        return events;
    }

    /** About what an entry takes in memory. */
    static int approximateBytes(FeedEntry entry) {
        return switch (entry.update()) {
            case FeedUpdate.LeaveRequested(FeedUpdate.Leave leave) -> approximateBytes(leave);
            case FeedUpdate.LeaveChanged(FeedUpdate.Leave leave) -> approximateBytes(leave);
            case FeedUpdate.Punched _,
                    FeedUpdate.SessionCorrected _,
                    FeedUpdate.EmployeeJoined _,
                    FeedUpdate.Unannounced _ ->
                    FIXED_BYTES;
        };
    }

    private static int approximateBytes(FeedUpdate.Leave leave) {
        return FIXED_BYTES + bytes(leave.reason()) + bytes(leave.comment());
    }

    private static int bytes(@Nullable String text) {
        return text == null ? 0 : 2 * text.length();
    }

    private static OutboundEvent punch(FeedEntry entry, FeedUpdate.Punched punched) {
        return OutboundEvent.event(
                switch (punched.type()) {
                    case IN -> "attendance_punch_in";
                    case OUT -> "attendance_punch_out";
                },
                WirePayloads.punch(entry, punched));
    }

    private static OutboundEvent session(
            String event, FeedEntry entry, FeedUpdate.Session session) {
        return OutboundEvent.event(event, WirePayloads.session(entry, session));
    }

    private static OutboundEvent leaveStatus(FeedEntry entry, FeedUpdate.Leave leave) {
        return OutboundEvent.event("leave_request_updated", WirePayloads.leaveStatus(entry, leave));
    }
}
