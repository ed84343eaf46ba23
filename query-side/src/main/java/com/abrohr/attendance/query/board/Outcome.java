package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.attendance.PunchView;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What one event changes.
 *
 * @param tileChanged whether the employee's tile on the board may look different
 * @param rows what changes in the lists, in this order
 */
public record Outcome(EmployeeFacts facts, boolean tileChanged, List<RowChange> rows) {

    public Outcome {
        rows = List.copyOf(rows);
    }

    /** A change of a row of one of the lists. */
    public sealed interface RowChange {}

    public record PunchAdded(long seq, PunchView punch) implements RowChange {}

    public record SessionBegun(WorkSessionView session) implements RowChange {}

    /**
     * @param punchInTime of the session's row
     */
    public record SessionEnded(String sessionId, Instant punchInTime, Instant punchOutTime)
            implements RowChange {}

    /**
     * @param punchOutTime null while the session is open
     */
    public record SessionCorrected(
            String sessionId,
            LocalDate businessDate,
            Instant punchInTime,
            @Nullable Instant punchOutTime)
            implements RowChange {}

    public record LeaveAsked(LeaveRequestView request) implements RowChange {}

    /**
     * @param decidedAt null together with {@code decidedBy} for a withdrawal, which decides nothing
     */
    public record LeaveStatusChanged(
            String leaveId,
            LeaveStatus status,
            @Nullable Instant decidedAt,
            @Nullable String decidedBy,
            @Nullable String comment)
            implements RowChange {}
}
