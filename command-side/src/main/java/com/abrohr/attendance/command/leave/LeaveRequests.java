package com.abrohr.attendance.command.leave;

import com.abrohr.attendance.messages.leave.LeaveStatus;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** All leave requests of one employee, by id. */
final class LeaveRequests {

    /** What overlap and transitions are decided on. */
    record Entry(String leaveType, LeaveDays days, LeaveStatus status) {}

    private final Map<String, Entry> byId = new LinkedHashMap<>();

    void add(String leaveId, String leaveType, LeaveDays days) {
        byId.put(leaveId, new Entry(leaveType, days, LeaveStatus.PENDING));
    }

    void turn(String leaveId, LeaveStatus status) {
        byId.computeIfPresent(
                leaveId, (_, entry) -> new Entry(entry.leaveType(), entry.days(), status));
    }

    @Nullable Entry find(String leaveId) {
        return byId.get(leaveId);
    }

    Collection<Entry> all() {
        return byId.values();
    }

    int count() {
        return byId.size();
    }
}
