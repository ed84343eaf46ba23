package com.abrohr.attendance.query.leave;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.leave.FindLeaveRequests;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.Cursor.Key;
import com.abrohr.attendance.query.read.ListRoute;
import com.abrohr.attendance.query.read.ReadFilters;
import com.abrohr.attendance.query.read.RowQuery;
import com.abrohr.attendance.query.read.Timestamps;

import org.axonframework.queryhandling.QueryHandler;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** The leave requests of a company, newest first. */
public class LeaveQueries {
    public static final ListRoute ROUTE =
            new ListRoute("/leave-requests", Set.of("employeeId", "status"), LeaveQueries::query);

    private static final String LIST = "leave-requests";
    private static final String SELECT =
            """
            select leave_id, employee_id,
                coalesce(
                    (select p.display_name from presence p
                    where p.company_id = r.company_id and p.employee_id = r.employee_id),
                    employee_id),
                leave_type, start_date, end_date, reason, status, submitted_at, decided_at,
                decided_by, comment
            from leave_request r""";

    private final CompanyReads reads;

    LeaveQueries(CompanyReads reads) {
        this.reads = reads;
    }

    private static FindLeaveRequests query(Caller caller, ReadFilters filters) {
        return new FindLeaveRequests(
                caller.companyId(),
                filters.employeeId(),
                filters.oneOf(LeaveStatus.class, "status"),
                filters.page());
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindLeaveRequests query) {
        LeaveStatus status = query.status();
        return reads.page(
                query.page(),
                new RowQuery(SELECT, query.companyId())
                        .and("employee_id =", query.employeeId())
                        .and("status =", status == null ? null : status.name())
                        .descending(
                                "submitted_at",
                                "leave_id",
                                Cursor.parse(query.page().cursor(), LIST, Key.INSTANT, Key.TEXT)),
                LeaveQueries::view,
                request -> Cursor.of(LIST, request.submittedAt(), request.id()),
                request -> request);
    }

    /** The pending requests, oldest first; within a snapshot of the company. */
    static List<LeaveRequestView> pending(CompanyReads reads, String companyId) {
        return reads.rows(
                new RowQuery(SELECT, companyId)
                        .and("status =", LeaveStatus.PENDING.name())
                        .ascending("submitted_at, leave_id", List.of()),
                LeaveQueries::view);
    }

    private static LeaveRequestView view(ResultSet row, int index) throws SQLException {
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
}
