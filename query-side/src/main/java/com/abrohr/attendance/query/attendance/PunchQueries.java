package com.abrohr.attendance.query.attendance;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.attendance.FindPunches;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.RowQuery;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

import java.util.List;

public class PunchQueries {

    private final CompanyReads reads;

    PunchQueries(CompanyReads reads) {
        this.reads = reads;
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindPunches query) {
        return reads.page(
                query.companyId(),
                query.page(),
                wanted(query, Cursor.parse(query.page().cursor(), PunchRow.LIST, 2)),
                PunchRow::of,
                PunchRow::place,
                PunchRow::view);
    }

    private static RowQuery wanted(FindPunches query, @Nullable Cursor after) {
        return new RowQuery(PunchRow.SELECT, query.companyId())
                .and("employee_id =", query.employeeId())
                .and("site_id =", query.siteId())
                .and("occurred_at >=", query.from())
                .and("occurred_at <", query.to())
                .and("source =", query.source())
                .descending(
                        "occurred_at",
                        "seq",
                        after == null ? List.of() : List.of(after.instant(0), after.number(1)));
    }
}
