package com.abrohr.attendance.query.leave;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.leave.FindLeaveRequests;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.Keyset;

import jakarta.persistence.criteria.Predicate;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;

import java.util.ArrayList;
import java.util.List;

public class LeaveQueries {

    private static final Sort NEWEST_FIRST = Sort.by(Sort.Direction.DESC, "submittedAt", "leaveId");

    private final CompanyReads reads;
    private final LeaveRequestRows rows;

    LeaveQueries(CompanyReads reads, LeaveRequestRows rows) {
        this.reads = reads;
        this.rows = rows;
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindLeaveRequests query) {
        return reads.page(
                query.companyId(),
                query.page(),
                rows,
                wanted(query, Cursor.parse(query.page().cursor(), LeaveRequestRow.LIST, 2)),
                NEWEST_FIRST,
                LeaveRequestRow::place,
                LeaveRequestRow::view);
    }

    /** The leave inbox, oldest first; within a read of that company. */
    public List<LeaveRequestView> pending(String companyId) {
        return rows
                .findByCompanyIdAndStatusOrderBySubmittedAtAscLeaveIdAsc(
                        companyId, LeaveStatus.PENDING.name())
                .stream()
                .map(LeaveRequestRow::view)
                .toList();
    }

    private static Specification<LeaveRequestRow> wanted(
            FindLeaveRequests query, @Nullable Cursor after) {
        return (request, _, is) -> {
            List<Predicate> all = new ArrayList<>();
            all.add(is.equal(request.get("companyId"), query.companyId()));
            if (query.employeeId() != null) {
                all.add(is.equal(request.get("employeeId"), query.employeeId()));
            }
            if (query.status() != null) {
                all.add(is.equal(request.get("status"), query.status().name()));
            }
            if (after != null) {
                all.add(
                        new Keyset(is)
                                .below(request.get("submittedAt"), after.instant(0))
                                .below(request.get("leaveId"), after.key(1))
                                .predicate());
            }
            return is.and(all.toArray(Predicate[]::new));
        };
    }
}
