package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.leave.LeaveRequestView;

import java.util.List;

/**
 * The board of a company as the read models have it.
 *
 * @param seq every event of the company up to this number was applied, or waits as a dead letter
 * @param pendingLeave oldest first
 */
public record StoredBoard(
        long seq, List<EmployeeFacts> employees, List<LeaveRequestView> pendingLeave) {

    public StoredBoard {
        employees = List.copyOf(employees);
        pendingLeave = List.copyOf(pendingLeave);
    }
}
