package com.abrohr.attendance.command.leave;

import com.abrohr.attendance.command.engine.HeapSize;
import com.abrohr.attendance.messages.leave.LeaveStatus;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** All leave requests of one employee, by id. */
final class LeaveRequests {
    /** What overlap and transitions are decided on. */
    record Entry(String leaveType, LeaveDays days, LeaveStatus status) {}

    private static final int DATE_BYTES = HeapSize.ofObject(8);
    private static final int DAYS_BYTES =
            HeapSize.ofObject(2 * HeapSize.REFERENCE) + 2 * DATE_BYTES;
    private static final int ENTRY_BYTES = HeapSize.ofObject(3 * HeapSize.REFERENCE) + DAYS_BYTES;

    /** Its node, and its share of a table that is half empty. */
    private static final int MAPPING_BYTES =
            HeapSize.ofObject(Integer.BYTES + 5 * HeapSize.REFERENCE) + 3 * HeapSize.REFERENCE;

    private static final int FIXED_BYTES =
            HeapSize.ofObject(2 * HeapSize.REFERENCE) + HeapSize.ofObject(48);

    private final Map<String, Entry> byId = new LinkedHashMap<>();
    private int entryBytes;

    void add(String leaveId, String leaveType, LeaveDays days) {
        byId.put(leaveId, new Entry(leaveType, days, LeaveStatus.PENDING));
        entryBytes += MAPPING_BYTES + ENTRY_BYTES + HeapSize.of(leaveId) + HeapSize.of(leaveType);
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

    int retainedBytes() {
        return FIXED_BYTES + entryBytes;
    }
}
