package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.query.board.Outcome.LeaveStatusChanged;
import com.abrohr.attendance.query.board.StreamId.EmployeeKey;
import com.abrohr.attendance.query.projection.RowChanges.Row;
import com.abrohr.attendance.query.projection.RowChanges.RowKey;
import com.abrohr.attendance.query.read.Timestamps;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;

/** Leave requests as rows. */
final class LeaveTable {

    static final String INSERT =
            """
            insert into leave_request (company_id, leave_id, employee_id, leave_type, start_date,
                end_date, reason, status, submitted_at, decided_at, decided_by, comment, last_seq)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    static final String DECIDE =
            """
            update leave_request r
            set status = n.status, decided_at = n.decided_at, decided_by = n.decided_by,
                comment = n.comment, last_seq = n.last_seq
            from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                as n(company_id, leave_id, employee_id, status, decided_at, decided_by, comment,
                    last_seq)
            where r.company_id = n.company_id and r.leave_id = n.leave_id
                and r.employee_id = n.employee_id""";

    static final String FIND =
            """
            select leave_type, start_date, end_date, reason, status, submitted_at, decided_at,
                decided_by, comment
            from leave_request where company_id = ? and leave_id = ? and employee_id = ?""";

    private LeaveTable() {}

    static Columns asked(Map<RowKey, Row<LeaveRequestView>> requests) {
        var rows =
                new Columns(
                        "text",
                        "text",
                        "text",
                        "text",
                        "date",
                        "date",
                        "text",
                        "text",
                        "timestamptz",
                        "timestamptz",
                        "text",
                        "text",
                        "int8");
        requests.forEach(
                (key, row) ->
                        rows.add(
                                key.employee().companyId(),
                                key.id(),
                                key.employee().employeeId(),
                                row.value().leaveType(),
                                row.value().startDate(),
                                row.value().endDate(),
                                row.value().reason(),
                                row.value().status(),
                                row.value().submittedAt(),
                                row.value().decidedAt(),
                                row.value().decidedBy(),
                                row.value().comment(),
                                row.seq()));
        return rows;
    }

    static Columns decided(Map<RowKey, Row<LeaveStatusChanged>> changes) {
        var rows =
                new Columns("text", "text", "text", "text", "timestamptz", "text", "text", "int8");
        changes.forEach(
                (key, row) ->
                        rows.add(
                                key.employee().companyId(),
                                key.id(),
                                key.employee().employeeId(),
                                row.value().status(),
                                row.value().decidedAt(),
                                row.value().decidedBy(),
                                row.value().comment(),
                                row.seq()));
        return rows;
    }

    static @Nullable LeaveRequestView find(
            Connection connection, EmployeeKey employee, String leaveId) {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, employee.companyId());
            statement.setString(2, leaveId);
            statement.setString(3, employee.employeeId());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? request(row, employee, leaveId) : null;
            }
        } catch (SQLException e) {
            throw FailureClassifier.unchecked(e);
        }
    }

    /** Without the name, which is the presence row's. */
    private static LeaveRequestView request(ResultSet row, EmployeeKey employee, String leaveId)
            throws SQLException {
        return new LeaveRequestView(
                leaveId,
                employee.employeeId(),
                employee.employeeId(),
                Objects.requireNonNull(row.getString(1)),
                row.getObject(2, LocalDate.class),
                row.getObject(3, LocalDate.class),
                row.getString(4),
                LeaveStatus.valueOf(Objects.requireNonNull(row.getString(5))),
                Timestamps.required(row, 6),
                Timestamps.nullable(row, 7),
                row.getString(8),
                row.getString(9));
    }
}
