package com.abrohr.attendance.query.attendance;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.attendance.FindWorkSessions;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.RowQuery;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

import java.util.List;

public class WorkSessionQueries {

    private final CompanyReads reads;

    WorkSessionQueries(CompanyReads reads) {
        this.reads = reads;
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindWorkSessions query) {
        return reads.page(
                query.companyId(),
                query.page(),
                wanted(query, Cursor.parse(query.page().cursor(), WorkSessionRow.LIST, 2)),
                WorkSessionRow::view,
                WorkSessionRow::place,
                session -> session);
    }

    /** By when the session counts as begun; a correction of that may move it to another page. */
    private static RowQuery wanted(FindWorkSessions query, @Nullable Cursor after) {
        return new RowQuery(WorkSessionRow.SELECT, query.companyId())
                .and("employee_id =", query.employeeId())
                .and("business_date >=", query.from())
                .and("business_date <=", query.to())
                .descending(
                        "punch_in_time",
                        "session_id",
                        after == null ? List.of() : List.of(after.instant(0), after.key(1)));
    }
}
