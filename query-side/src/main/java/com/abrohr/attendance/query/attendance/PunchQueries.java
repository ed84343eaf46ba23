package com.abrohr.attendance.query.attendance;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.attendance.FindPunches;
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

public class PunchQueries {

    private static final Sort NEWEST_FIRST = Sort.by(Sort.Direction.DESC, "occurredAt", "seq");

    private final CompanyReads reads;
    private final PunchRows rows;

    PunchQueries(CompanyReads reads, PunchRows rows) {
        this.reads = reads;
        this.rows = rows;
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindPunches query) {
        return reads.page(
                query.companyId(),
                query.page(),
                rows,
                wanted(query, Cursor.parse(query.page().cursor(), PunchRow.LIST, 2)),
                NEWEST_FIRST,
                PunchRow::place,
                PunchRow::view);
    }

    private static Specification<PunchRow> wanted(FindPunches query, @Nullable Cursor after) {
        return (punch, _, is) -> {
            List<Predicate> all = new ArrayList<>();
            all.add(is.equal(punch.get("companyId"), query.companyId()));
            if (query.employeeId() != null) {
                all.add(is.equal(punch.get("employeeId"), query.employeeId()));
            }
            if (query.siteId() != null) {
                all.add(is.equal(punch.get("siteId"), query.siteId()));
            }
            if (query.from() != null) {
                all.add(is.greaterThanOrEqualTo(punch.get("occurredAt"), query.from()));
            }
            if (query.to() != null) {
                all.add(is.lessThan(punch.get("occurredAt"), query.to()));
            }
            if (query.source() != null) {
                all.add(is.equal(punch.get("source"), query.source()));
            }
            if (after != null) {
                all.add(
                        new Keyset(is)
                                .below(punch.get("occurredAt"), after.instant(0))
                                .below(punch.get("seq"), after.number(1))
                                .predicate());
            }
            return is.and(all.toArray(Predicate[]::new));
        };
    }
}
