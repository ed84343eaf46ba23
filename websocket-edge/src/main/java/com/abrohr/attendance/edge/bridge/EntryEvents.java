package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.Frame;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.identity.Caller;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Which of the guide's events an entry is delivered as, and to whom. */
final class EntryEvents {

    private EntryEvents() {}

    /** Whether anybody hears of it: then both the managers and the employee do. */
    static boolean announced(FeedEntry entry) {
        return switch (entry.update()) {
            case FeedUpdate.Punched _,
                    FeedUpdate.SessionCorrected _,
                    FeedUpdate.LeaveRequested _,
                    FeedUpdate.LeaveChanged _ ->
                    true;
            case FeedUpdate.EmployeeJoined _, FeedUpdate.Unannounced _ -> false;
        };
    }

    /** What managers and HR hear of an announced entry. */
    static Frame toManagers(FeedEntry entry) {
        return switch (entry.update()) {
            case FeedUpdate.Punched punched ->
                    Frame.event(
                            switch (punched.type()) {
                                case IN -> "attendance_punch_in";
                                case OUT -> "attendance_punch_out";
                            },
                            WirePayloads.punch(entry, punched));
            case FeedUpdate.LeaveRequested(var leave) ->
                    Frame.event("leave_request_new", WirePayloads.leaveRequest(entry, leave));
            case FeedUpdate.SessionCorrected(var session) -> update(entry, session);
            case FeedUpdate.LeaveChanged(var leave) -> status(entry, leave);
            case FeedUpdate.EmployeeJoined _, FeedUpdate.Unannounced _ -> throw unannounced();
        };
    }

    /** What the employee hears whom an announced entry is about. */
    static Frame toEmployee(FeedEntry entry) {
        return switch (entry.update()) {
            case FeedUpdate.Punched punched -> update(entry, punched.session());
            case FeedUpdate.SessionCorrected(var session) -> update(entry, session);
            case FeedUpdate.LeaveRequested(var leave) -> status(entry, leave);
            case FeedUpdate.LeaveChanged(var leave) -> status(entry, leave);
            case FeedUpdate.EmployeeJoined _, FeedUpdate.Unannounced _ -> throw unannounced();
        };
    }

    /**
     * What the socket hears that sent a punch, in place of the above. It has its confirmation: the
     * guide's card would show attendance_update as a correction of what it has just shown.
     */
    static Frame toSender(FeedEntry entry) {
        if (!(entry.update() instanceof FeedUpdate.Punched punched)) {
            throw new IllegalArgumentException("only who punches hears of it in other words");
        }
        return Frame.event("work_session_updated", WirePayloads.session(entry, punched.session()));
    }

    /** Whether managers and the employee hear the same: then a manager hears of themself once. */
    static boolean sameForBoth(FeedEntry entry) {
        return entry.update() instanceof FeedUpdate.SessionCorrected
                || entry.update() instanceof FeedUpdate.LeaveChanged;
    }

    /**
     * All that one listener hears of entries, as the rooms would have heard it.
     *
     * @param recovers whether with an offset
     * @param boardSeq where the listener's live board stands; null when it has none
     */
    static List<Frame> to(
            Caller listener, List<FeedEntry> entries, boolean recovers, @Nullable Long boardSeq) {
        List<Frame> frames = new ArrayList<>();
        for (FeedEntry entry : entries) {
            for (Frame frame : to(listener, entry)) {
                frames.add(
                        recovers
                                ? frame.withOffset(new FeedOffset(entry.seq(), boardSeq).text())
                                : frame);
            }
        }
        return frames;
    }

    private static List<Frame> to(Caller listener, FeedEntry entry) {
        if (!announced(entry)) {
            return List.of();
        }
        List<Frame> frames = new ArrayList<>(2);
        boolean watches = listener.role().watchesCompany();
        if (watches) {
            frames.add(toManagers(entry));
        }
        if (listener.is(entry.employeeId()) && !(watches && sameForBoth(entry))) {
            frames.add(toEmployee(entry));
        }
        return frames;
    }

    private static Frame update(FeedEntry entry, FeedUpdate.Session session) {
        return Frame.event("attendance_update", WirePayloads.session(entry, session));
    }

    private static Frame status(FeedEntry entry, FeedUpdate.Leave leave) {
        return Frame.event("leave_request_updated", WirePayloads.leaveStatus(entry, leave));
    }

    private static IllegalArgumentException unannounced() {
        return new IllegalArgumentException("nobody hears of this");
    }
}
