package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.OutboundEvent;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.FeedUpdate;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The guide's payloads, made from feed entries. */
final class WirePayloads {
    private WirePayloads() {}

    /** resync_required. */
    static OutboundEvent resync(ResyncReason reason, FeedPosition now) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("reason", reason.text());
        payload.put("epoch", now.epoch());
        payload.put("seq", now.seq());
        return OutboundEvent.event("resync_required", payload);
    }

    /**
     * feed_position.
     *
     * @param resumed whether the client has received everything up to here that it may see
     * @param serverTime to the millisecond, so that a client can correct its clock
     */
    static OutboundEvent position(FeedPosition now, boolean resumed, Instant serverTime) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("epoch", now.epoch());
        payload.put("seq", now.seq());
        payload.put("resumed", resumed);
        payload.put("serverTime", WireTime.ofMillis(serverTime));
        return OutboundEvent.event("feed_position", payload);
    }

    /** attendance_punch_in and attendance_punch_out. */
    static Map<String, Object> punch(FeedEntry entry, FeedUpdate.Punched punched) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("employeeId", entry.employeeId());
        payload.put("timestamp", WireTime.of(punched.occurredAt()));
        Location location = punched.location();
        if (location != null) {
            payload.put("location", location(location));
        }
        payload.put("status", "success");
        payload.put("commandId", punched.commandId());
        return numbered(payload, entry);
    }

    /** attendance_update. */
    static Map<String, Object> session(FeedEntry entry, FeedUpdate.Session session) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("id", session.id());
        payload.put("employeeId", entry.employeeId());
        payload.put("punchInTime", WireTime.of(session.punchInTime()));
        if (session.punchOutTime() != null) {
            payload.put("punchOutTime", WireTime.of(session.punchOutTime()));
        }
        return numbered(payload, entry);
    }

    /** leave_request_new. */
    static Map<String, Object> leaveRequest(FeedEntry entry, FeedUpdate.Leave leave) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("id", leave.id());
        payload.put("employeeId", entry.employeeId());
        payload.put("leaveType", leave.leaveType());
        payload.put("startDate", leave.startDate().toString());
        payload.put("endDate", leave.endDate().toString());
        return numbered(payload, entry);
    }

    /** leave_request_updated. */
    static Map<String, Object> leaveStatus(FeedEntry entry, FeedUpdate.Leave leave) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("id", leave.id());
        payload.put("employeeId", entry.employeeId());
        payload.put("status", leave.status().name().toLowerCase(Locale.ROOT));
        payload.put("leaveType", leave.leaveType());
        payload.put("startDate", leave.startDate().toString());
        payload.put("endDate", leave.endDate().toString());
        putIfPresent(payload, "comment", leave.comment());
        putIfPresent(payload, "decidedBy", leave.decidedBy());
        return numbered(payload, entry);
    }

    private static Map<String, Object> location(Location location) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("lat", location.lat());
        payload.put("lng", location.lng());
        putIfPresent(payload, "accuracy", location.accuracy());
        return payload;
    }

    private static void putIfPresent(
            Map<String, Object> payload, String key, @Nullable Object value) {
        if (value != null) {
            payload.put(key, value);
        }
    }

    private static Map<String, Object> numbered(Map<String, Object> payload, FeedEntry entry) {
        payload.put("seq", entry.seq());
        return payload;
    }
}
