package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.query.board.Outcome.SessionCorrected;
import com.abrohr.attendance.query.board.Outcome.SessionEnded;
import com.abrohr.attendance.query.projection.RowChanges.Row;
import com.abrohr.attendance.query.projection.RowChanges.RowKey;

import java.util.Map;

/** Work sessions as rows. */
final class WorkSessionTable {

    static final String INSERT =
            """
            insert into work_session (company_id, employee_id, punch_in_time, session_id,
                punch_out_time, business_date, corrected, zone_id, last_seq)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    /** By the whole primary key: it costs the same however many sessions the employee has. */
    static final String END =
            """
            update work_session w set punch_out_time = n.punch_out_time, last_seq = n.last_seq
            from unnest(?, ?, ?, ?, ?, ?)
                as n(company_id, employee_id, punch_in_time, session_id, punch_out_time, last_seq)
            where w.company_id = n.company_id and w.employee_id = n.employee_id
                and w.punch_in_time = n.punch_in_time and w.session_id = n.session_id""";

    static final String CORRECT =
            """
            update work_session w
            set punch_in_time = n.punch_in_time, punch_out_time = n.punch_out_time,
                business_date = n.business_date, corrected = true, last_seq = n.last_seq
            from unnest(?, ?, ?, ?, ?, ?, ?)
                as n(company_id, employee_id, session_id, punch_in_time, punch_out_time,
                    business_date, last_seq)
            where w.company_id = n.company_id and w.employee_id = n.employee_id
                and w.session_id = n.session_id""";

    private WorkSessionTable() {}

    static Columns begun(Map<RowKey, Row<WorkSessionView>> sessions) {
        var rows =
                new Columns(
                        "text",
                        "text",
                        "timestamptz",
                        "text",
                        "timestamptz",
                        "date",
                        "bool",
                        "text",
                        "int8");
        sessions.forEach(
                (key, row) ->
                        rows.add(
                                key.employee().companyId(),
                                key.employee().employeeId(),
                                row.value().punchInTime(),
                                row.value().id(),
                                row.value().punchOutTime(),
                                row.value().businessDate(),
                                row.value().corrected(),
                                row.value().zoneId(),
                                row.seq()));
        return rows;
    }

    static Columns ended(Map<RowKey, Row<SessionEnded>> sessions) {
        var rows = new Columns("text", "text", "timestamptz", "text", "timestamptz", "int8");
        sessions.forEach(
                (key, row) ->
                        rows.add(
                                key.employee().companyId(),
                                key.employee().employeeId(),
                                row.value().punchInTime(),
                                key.id(),
                                row.value().punchOutTime(),
                                row.seq()));
        return rows;
    }

    static Columns corrected(Map<RowKey, Row<SessionCorrected>> sessions) {
        var rows =
                new Columns("text", "text", "text", "timestamptz", "timestamptz", "date", "int8");
        sessions.forEach(
                (key, row) ->
                        rows.add(
                                key.employee().companyId(),
                                key.employee().employeeId(),
                                key.id(),
                                row.value().punchInTime(),
                                row.value().punchOutTime(),
                                row.value().businessDate(),
                                row.seq()));
        return rows;
    }
}
