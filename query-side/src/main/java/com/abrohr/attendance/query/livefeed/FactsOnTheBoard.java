package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.query.board.EmployeeFacts;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/**
 * What a live board knows of an employee: the open session and the pending requests, which is what
 * events of an older revision end or decide.
 */
record FactsOnTheBoard(EmployeeFacts employee, Map<String, LeaveRequestView> pending)
        implements OlderFacts {

    @Override
    public @Nullable Instant sessionStart(String sessionId) {
        return employee.clock().open() && sessionId.equals(employee.clock().sessionId())
                ? employee.clock().since()
                : null;
    }

    @Override
    public @Nullable LeaveFacts leave(String leaveId) {
        LeaveRequestView request = pending.get(leaveId);
        return request == null
                ? null
                : new LeaveFacts(request.leaveType(), request.startDate(), request.endDate());
    }
}
