package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.Frame;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;

import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Tells feed entries to the rooms that may hear them; every frame is encoded once, and only where
 * somebody listens.
 */
final class RoomAudience implements FeedAudience {

    private final Rooms rooms;

    RoomAudience(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public void deliver(String companyId, List<FeedEntry> entries) {
        for (FeedEntry entry : entries) {
            tell(entry);
        }
        String dashboard = RoomNames.dashboard(companyId);
        if (!rooms.isEmpty(dashboard)) {
            rooms.broadcast(
                    dashboard, Frame.event("dashboard_delta", DashboardPayloads.delta(entries)));
        }
    }

    @Override
    public void resync(String companyId, String reason) {
        rooms.broadcast(
                RoomNames.company(companyId),
                Frame.event("resync_required", Map.of("reason", reason)));
    }

    private void tell(FeedEntry entry) {
        String managers = RoomNames.managers(entry.companyId());
        String employee = RoomNames.user(entry.companyId(), entry.employeeId());
        switch (entry.update()) {
            case FeedUpdate.Punched punched -> {
                String name =
                        switch (punched.type()) {
                            case IN -> "attendance_punch_in";
                            case OUT -> "attendance_punch_out";
                        };
                tell(managers, () -> Frame.event(name, WirePayloads.punch(entry, punched)));
                tell(
                        employee,
                        () ->
                                Frame.event(
                                        "work_session_updated",
                                        WirePayloads.session(
                                                entry, punched.session(), entry.employeePrev())));
            }
            case FeedUpdate.SessionCorrected(var session) ->
                    tellBoth(
                            entry,
                            prev ->
                                    Frame.event(
                                            "attendance_update",
                                            WirePayloads.session(entry, session, prev)));
            case FeedUpdate.LeaveRequested(var request) -> {
                tell(
                        managers,
                        () ->
                                Frame.event(
                                        "leave_request_new",
                                        WirePayloads.leaveRequest(entry, request)));
                tell(
                        employee,
                        () ->
                                Frame.event(
                                        "leave_request_updated",
                                        WirePayloads.leaveStatus(
                                                entry, request, entry.employeePrev())));
            }
            case FeedUpdate.LeaveChanged(var request) ->
                    tellBoth(
                            entry,
                            prev ->
                                    Frame.event(
                                            "leave_request_updated",
                                            WirePayloads.leaveStatus(entry, request, prev)));
            case FeedUpdate.EmployeeJoined(), FeedUpdate.PresenceUnknown() -> {}
        }
    }

    /** Managers and the employee hear the same event; a manager whom it is about hears it once. */
    private void tellBoth(FeedEntry entry, LongFunction<Frame> frame) {
        String managers = RoomNames.managers(entry.companyId());
        String employee = RoomNames.user(entry.companyId(), entry.employeeId());
        if (!rooms.isEmpty(managers)) {
            rooms.broadcast(managers, frame.apply(entry.managersPrev()));
        }
        if (!rooms.isEmpty(employee)) {
            rooms.broadcastOutside(managers, employee, frame.apply(entry.employeePrev()));
        }
    }

    private void tell(String room, Supplier<Frame> frame) {
        if (!rooms.isEmpty(room)) {
            rooms.broadcast(room, frame.get());
        }
    }
}
