package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.Frame;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import java.util.List;
import java.util.Map;

/** Tells feed entries to the rooms that may hear them; every frame is encoded once, and only where somebody listens. */
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
                if (!rooms.isEmpty(managers)) {
                    String name =
                            switch (punched.type()) {
                                case IN -> "attendance_punch_in";
                                case OUT -> "attendance_punch_out";
                            };
                    rooms.broadcast(managers, Frame.event(name, WirePayloads.punch(entry, punched)));
                }
                tellSession(employee, entry, punched.session(), entry.employeePrev());
            }
            case FeedUpdate.SessionCorrected(var session) -> {
                tellSession(managers, entry, session, entry.managersPrev());
                tellSession(employee, entry, session, entry.employeePrev());
            }
            case FeedUpdate.LeaveRequested(var request) -> {
                if (!rooms.isEmpty(managers)) {
                    rooms.broadcast(
                            managers,
                            Frame.event(
                                    "leave_request_new",
                                    WirePayloads.leaveRequest(entry, request)));
                }
                tellLeave(employee, entry, request, entry.employeePrev());
            }
            case FeedUpdate.LeaveChanged(var request) -> {
                tellLeave(managers, entry, request, entry.managersPrev());
                tellLeave(employee, entry, request, entry.employeePrev());
            }
            case FeedUpdate.EmployeeJoined() -> {}
        }
    }

    private void tellSession(String room, FeedEntry entry, WorkSessionView session, long prev) {
        if (!rooms.isEmpty(room)) {
            rooms.broadcast(
                    room,
                    Frame.event("attendance_update", WirePayloads.session(entry, session, prev)));
        }
    }

    private void tellLeave(String room, FeedEntry entry, LeaveRequestView request, long prev) {
        if (!rooms.isEmpty(room)) {
            rooms.broadcast(
                    room,
                    Frame.event(
                            "leave_request_updated",
                            WirePayloads.leaveStatus(entry, request, prev)));
        }
    }
}
