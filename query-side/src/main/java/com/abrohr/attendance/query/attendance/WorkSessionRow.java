package com.abrohr.attendance.query.attendance;

import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.Timestamps;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;

final class WorkSessionRow {

    static final String LIST = "sessions";

    static final String SELECT =
            """
            select session_id, employee_id, business_date, zone_id, punch_in_time, punch_out_time,
                corrected
            from work_session""";

    private WorkSessionRow() {}

    static WorkSessionView view(ResultSet row, int index) throws SQLException {
        return new WorkSessionView(
                row.getString(1),
                row.getString(2),
                row.getObject(3, LocalDate.class),
                row.getString(4),
                Timestamps.required(row, 5),
                Timestamps.nullable(row, 6),
                row.getBoolean(7));
    }

    static Cursor place(WorkSessionView session) {
        return Cursor.in(LIST, session.punchInTime(), session.id());
    }
}
