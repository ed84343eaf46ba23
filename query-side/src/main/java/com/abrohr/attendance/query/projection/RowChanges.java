package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.messages.attendance.PunchView;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.query.board.Outcome.LeaveAsked;
import com.abrohr.attendance.query.board.Outcome.LeaveStatusChanged;
import com.abrohr.attendance.query.board.Outcome.PunchAdded;
import com.abrohr.attendance.query.board.Outcome.RowChange;
import com.abrohr.attendance.query.board.Outcome.SessionBegun;
import com.abrohr.attendance.query.board.Outcome.SessionCorrected;
import com.abrohr.attendance.query.board.Outcome.SessionEnded;
import com.abrohr.attendance.query.board.StreamId.EmployeeKey;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a batch changes in the lists, merged so that each stored row is written once. */
final class RowChanges {

    /** Sessions and leave requests are named within their employee. */
    record RowKey(EmployeeKey employee, String id) {}

    /**
     * @param seq the company's number of the last event of the row
     */
    record Row<T>(T value, long seq) {}

    record PunchRow(EmployeeKey employee, long seq, PunchView punch) {}

    private final List<PunchRow> punches = new ArrayList<>();
    private final Map<RowKey, Row<WorkSessionView>> begun = new LinkedHashMap<>();
    private final Map<RowKey, Row<SessionEnded>> ended = new LinkedHashMap<>();
    private final Map<RowKey, Row<SessionCorrected>> corrected = new LinkedHashMap<>();
    private final Map<RowKey, Row<LeaveRequestView>> asked = new LinkedHashMap<>();
    private final Map<RowKey, Row<LeaveStatusChanged>> decided = new LinkedHashMap<>();

    void add(EmployeeKey employee, long seq, RowChange change) {
        switch (change) {
            case PunchAdded punch -> punches.add(new PunchRow(employee, seq, punch.punch()));
            case SessionBegun session ->
                    begun.put(
                            new RowKey(employee, session.session().id()),
                            new Row<>(session.session(), seq));
            case SessionEnded end -> add(new RowKey(employee, end.sessionId()), seq, end);
            case SessionCorrected correction ->
                    add(new RowKey(employee, correction.sessionId()), seq, correction);
            case LeaveAsked leave ->
                    asked.put(
                            new RowKey(employee, leave.request().id()),
                            new Row<>(leave.request(), seq));
            case LeaveStatusChanged status ->
                    add(new RowKey(employee, status.leaveId()), seq, status);
        }
    }

    private void add(RowKey key, long seq, SessionEnded end) {
        Row<WorkSessionView> row = begun.get(key);
        Row<SessionCorrected> correction = corrected.get(key);
        if (row != null) {
            WorkSessionView session = row.value();
            begun.put(
                    key,
                    new Row<>(
                            new WorkSessionView(
                                    session.id(),
                                    session.employeeId(),
                                    session.businessDate(),
                                    session.zoneId(),
                                    session.punchInTime(),
                                    end.punchOutTime(),
                                    session.corrected()),
                            seq));
        } else if (correction != null) {
            // The stored row does not begin when the corrected session does.
            corrected.put(
                    key,
                    new Row<>(
                            new SessionCorrected(
                                    end.sessionId(),
                                    correction.value().businessDate(),
                                    correction.value().punchInTime(),
                                    end.punchOutTime()),
                            seq));
        } else {
            ended.put(key, new Row<>(end, seq));
        }
    }

    private void add(RowKey key, long seq, SessionCorrected correction) {
        Row<WorkSessionView> row = begun.get(key);
        if (row != null) {
            begun.put(
                    key,
                    new Row<>(
                            new WorkSessionView(
                                    correction.sessionId(),
                                    row.value().employeeId(),
                                    correction.businessDate(),
                                    row.value().zoneId(),
                                    correction.punchInTime(),
                                    correction.punchOutTime(),
                                    true),
                            seq));
        } else {
            // It says when the session ended as well.
            ended.remove(key);
            corrected.put(key, new Row<>(correction, seq));
        }
    }

    private void add(RowKey key, long seq, LeaveStatusChanged change) {
        Row<LeaveRequestView> row = asked.get(key);
        if (row == null) {
            decided.put(key, new Row<>(change, seq));
            return;
        }
        LeaveRequestView request = row.value();
        asked.put(
                key,
                new Row<>(
                        new LeaveRequestView(
                                request.id(),
                                request.employeeId(),
                                request.displayName(),
                                request.leaveType(),
                                request.startDate(),
                                request.endDate(),
                                request.reason(),
                                change.status(),
                                request.submittedAt(),
                                change.decidedAt(),
                                change.decidedBy(),
                                change.comment()),
                        seq));
    }

    /** A request that this batch is the first to know of. */
    @Nullable LeaveRequestView requestAsked(EmployeeKey employee, String leaveId) {
        Row<LeaveRequestView> row = asked.get(new RowKey(employee, leaveId));
        return row == null ? null : row.value();
    }

    List<PunchRow> punches() {
        return punches;
    }

    Map<RowKey, Row<WorkSessionView>> sessionsBegun() {
        return begun;
    }

    Map<RowKey, Row<SessionEnded>> sessionsEnded() {
        return ended;
    }

    Map<RowKey, Row<SessionCorrected>> sessionsCorrected() {
        return corrected;
    }

    Map<RowKey, Row<LeaveRequestView>> leaveAsked() {
        return asked;
    }

    Map<RowKey, Row<LeaveStatusChanged>> leaveDecided() {
        return decided;
    }
}
