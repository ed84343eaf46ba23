package com.abrohr.attendance.query.worksession;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.attendance.FindWorkSessions;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.identity.Caller;
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
import java.util.Set;

/**
 * The work sessions of a company, newest first by the start that counts: a correction of it may
 * move a session to another page.
 */
public class WorkSessionQueries {
    public static final ListRoute ROUTE =
            new ListRoute(
                    "/sessions", Set.of("employeeId", "from", "to"), WorkSessionQueries::query);

    private static final String LIST = "sessions";
    private static final String SELECT =
            """
            select session_id, employee_id, business_date, zone_id, punch_in_time, punch_out_time,
                corrected
            from work_session""";

    private final CompanyReads reads;

    WorkSessionQueries(CompanyReads reads) {
        this.reads = reads;
    }

    private static FindWorkSessions query(Caller caller, ReadFilters filters) {
        return new FindWorkSessions(
                caller.companyId(),
                filters.employeeId(),
                filters.date("from"),
                filters.date("to"),
                filters.page());
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindWorkSessions query) {
        return reads.page(
                query.page(),
                new RowQuery(SELECT, query.companyId())
                        .and("employee_id =", query.employeeId())
                        .and("business_date >=", query.from())
                        .and("business_date <=", query.to())
                        .descending(
                                "punch_in_time",
                                "session_id",
                                Cursor.parse(query.page().cursor(), LIST, Key.INSTANT, Key.TEXT)),
                WorkSessionQueries::view,
                session -> Cursor.of(LIST, session.punchInTime(), session.id()),
                session -> session);
    }

    private static WorkSessionView view(ResultSet row, int index) throws SQLException {
        return new WorkSessionView(
                row.getString(1),
                row.getString(2),
                row.getObject(3, LocalDate.class),
                row.getString(4),
                Timestamps.required(row, 5),
                Timestamps.nullable(row, 6),
                row.getBoolean(7));
    }
}
