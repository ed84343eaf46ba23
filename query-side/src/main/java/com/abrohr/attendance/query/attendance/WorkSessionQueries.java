package com.abrohr.attendance.query.attendance;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.attendance.FindWorkSessions;
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

public class WorkSessionQueries {

    /** By when the session counts as begun; a correction of that may move it to another page. */
    private static final Sort NEWEST_FIRST =
            Sort.by(Sort.Direction.DESC, "punchInTime", "sessionId");

    private final CompanyReads reads;
    private final WorkSessionRows rows;

    WorkSessionQueries(CompanyReads reads, WorkSessionRows rows) {
        this.reads = reads;
        this.rows = rows;
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindWorkSessions query) {
        return reads.page(
                query.companyId(),
                query.page(),
                rows,
                wanted(query, Cursor.parse(query.page().cursor(), WorkSessionRow.LIST, 2)),
                NEWEST_FIRST,
                WorkSessionRow::place,
                WorkSessionRow::view);
    }

    private static Specification<WorkSessionRow> wanted(
            FindWorkSessions query, @Nullable Cursor after) {
        return (session, _, is) -> {
            List<Predicate> all = new ArrayList<>();
            all.add(is.equal(session.get("companyId"), query.companyId()));
            if (query.employeeId() != null) {
                all.add(is.equal(session.get("employeeId"), query.employeeId()));
            }
            if (query.from() != null) {
                all.add(is.greaterThanOrEqualTo(session.get("businessDate"), query.from()));
            }
            if (query.to() != null) {
                all.add(is.lessThanOrEqualTo(session.get("businessDate"), query.to()));
            }
            if (after != null) {
                all.add(
                        new Keyset(is)
                                .below(session.get("punchInTime"), after.instant(0))
                                .below(session.get("sessionId"), after.key(1))
                                .predicate());
            }
            return is.and(all.toArray(Predicate[]::new));
        };
    }
}
