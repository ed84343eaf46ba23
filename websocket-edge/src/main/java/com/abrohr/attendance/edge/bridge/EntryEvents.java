package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.Frame;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.identity.Caller;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Which of the guide's events an entry is told as, and to whom. */
final class EntryEvents {

    private EntryEvents() {}

    /** What managers and HR hear; null when they do not hear of it. */
    static @Nullable Frame toManagers(FeedEntry entry) {
        return switch (entry.update()) {
            case FeedUpdate.Punched punched ->
                    Frame.event(
                            switch (punched.type()) {
                                case IN -> "attendance_punch_in";
                                case OUT -> "attendance_punch_out";
                            },
                            WirePayloads.punch(entry, punched));
            case FeedUpdate.LeaveRequested(var request) ->
                    Frame.event("leave_request_new", WirePayloads.leaveRequest(entry, request));
            case FeedUpdate.SessionCorrected _, FeedUpdate.LeaveChanged _ ->
                    change(entry, entry.managersPrev());
            case FeedUpdate.EmployeeJoined _, FeedUpdate.PresenceUnknown _ -> null;
        };
    }

    /**
     * What the socket hears that sent the punch; null for anything else. It has its confirmation:
     * the guide's card would show attendance_update as a correction of what it has just shown.
     */
    static @Nullable Frame toSender(FeedEntry entry) {
        return entry.update() instanceof FeedUpdate.Punched punched
                ? Frame.event(
                        "work_session_updated",
                        WirePayloads.session(entry, punched.session(), entry.employeePrev()))
                : null;
    }

    /** What the employee hears whom it is about; null when they do not hear of it. */
    static @Nullable Frame toEmployee(FeedEntry entry) {
        return switch (entry.update()) {
            case FeedUpdate.Punched punched ->
                    Frame.event(
                            "attendance_update",
                            WirePayloads.session(entry, punched.session(), entry.employeePrev()));
            case FeedUpdate.LeaveRequested(var request) ->
                    Frame.event(
                            "leave_request_updated",
                            WirePayloads.leaveStatus(entry, request, entry.employeePrev()));
            case FeedUpdate.SessionCorrected _, FeedUpdate.LeaveChanged _ ->
                    change(entry, entry.employeePrev());
            case FeedUpdate.EmployeeJoined _, FeedUpdate.PresenceUnknown _ -> null;
        };
    }

    /** Whether managers and the employee hear the same: then a manager hears of themself once. */
    static boolean sameForBoth(FeedEntry entry) {
        return entry.update() instanceof FeedUpdate.SessionCorrected
                || entry.update() instanceof FeedUpdate.LeaveChanged;
    }

    /** All that one listener hears of an entry, as the rooms would have told it. */
    static List<Frame> to(Caller listener, FeedEntry entry) {
        List<Frame> frames = new ArrayList<>(2);
        boolean watches = listener.role().watchesCompany();
        if (watches) {
            addIfHeard(frames, toManagers(entry));
        }
        if (listener.is(entry.employeeId()) && !(watches && sameForBoth(entry))) {
            addIfHeard(frames, toEmployee(entry));
        }
        return frames;
    }

    private static Frame change(FeedEntry entry, long prev) {
        return switch (entry.update()) {
            case FeedUpdate.SessionCorrected(var session) ->
                    Frame.event("attendance_update", WirePayloads.session(entry, session, prev));
            case FeedUpdate.LeaveChanged(var request) ->
                    Frame.event(
                            "leave_request_updated",
                            WirePayloads.leaveStatus(entry, request, prev));
            case FeedUpdate.Punched _,
                    FeedUpdate.LeaveRequested _,
                    FeedUpdate.EmployeeJoined _,
                    FeedUpdate.PresenceUnknown _ ->
                    throw new IllegalArgumentException("told to each in other words");
        };
    }

    private static void addIfHeard(List<Frame> frames, @Nullable Frame frame) {
        if (frame != null) {
            frames.add(frame);
        }
    }
}
