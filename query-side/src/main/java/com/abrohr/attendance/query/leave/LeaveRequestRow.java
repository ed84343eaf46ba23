package com.abrohr.attendance.query.leave;

import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.Timestamps;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;

final class LeaveRequestRow {

    static final String LIST = "leave-requests";

    static final String SELECT =
            """
            select leave_id, employee_id,
                coalesce(
                    (select p.display_name from presence p
                    where p.company_id = r.company_id and p.employee_id = r.employee_id),
                    employee_id),
                leave_type, start_date, end_date, reason, status, submitted_at, decided_at,
                decided_by, comment
            from leave_request r""";

    private LeaveRequestRow() {}

    static LeaveRequestView view(ResultSet row, int index) throws SQLException {
        return new LeaveRequestView(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, LocalDate.class),
                row.getObject(6, LocalDate.class),
                row.getString(7),
                LeaveStatus.valueOf(row.getString(8)),
                Timestamps.required(row, 9),
                Timestamps.nullable(row, 10),
                row.getString(11),
                row.getString(12));
    }

    static Cursor place(LeaveRequestView request) {
        return Cursor.in(LIST, request.submittedAt(), request.id());
    }
}
