package com.abrohr.attendance.query.leave;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.leave.FindLeaveRequests;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.RowQuery;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

import java.util.List;

public class LeaveQueries {

    private final CompanyReads reads;

    LeaveQueries(CompanyReads reads) {
        this.reads = reads;
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindLeaveRequests query) {
        return reads.page(
                query.companyId(),
                query.page(),
                wanted(query, Cursor.parse(query.page().cursor(), LeaveRequestRow.LIST, 2)),
                LeaveRequestRow::view,
                LeaveRequestRow::place,
                request -> request);
    }

    /** The leave inbox, oldest first; within a read of that company. */
    public List<LeaveRequestView> pending(String companyId) {
        return reads.rows(
                new RowQuery(LeaveRequestRow.SELECT, companyId)
                        .and("status =", LeaveStatus.PENDING.name())
                        .ascending("submitted_at, leave_id", null),
                LeaveRequestRow::view);
    }

    private static RowQuery wanted(FindLeaveRequests query, @Nullable Cursor after) {
        return new RowQuery(LeaveRequestRow.SELECT, query.companyId())
                .and("employee_id =", query.employeeId())
                .and("status =", query.status() == null ? null : query.status().name())
                .descending(
                        "submitted_at",
                        "leave_id",
                        after == null ? List.of() : List.of(after.instant(0), after.key(1)));
    }
}
