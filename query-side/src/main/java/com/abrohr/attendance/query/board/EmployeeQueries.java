package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.workforce.FindEmployees;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.Cursor;

import jakarta.persistence.criteria.Predicate;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;

import java.util.ArrayList;
import java.util.List;

/** The people of a company, who stand in its presence rows. */
public class EmployeeQueries {

    private static final String LIST = "employees";
    private static final Sort BY_EMPLOYEE = Sort.by("employeeId");

    private final CompanyReads reads;
    private final PresenceRows rows;

    EmployeeQueries(CompanyReads reads, PresenceRows rows) {
        this.reads = reads;
        this.rows = rows;
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindEmployees query) {
        return reads.page(
                query.companyId(),
                query.page(),
                rows,
                wanted(query, Cursor.parse(query.page().cursor(), LIST, 1)),
                BY_EMPLOYEE,
                row -> Cursor.in(LIST, row.employeeId),
                PresenceRow::employee);
    }

    private static Specification<PresenceRow> wanted(FindEmployees query, @Nullable Cursor after) {
        return (row, _, is) -> {
            List<Predicate> all = new ArrayList<>();
            all.add(is.equal(row.get("companyId"), query.companyId()));
            if (query.employeeId() != null) {
                all.add(is.equal(row.get("employeeId"), query.employeeId()));
            }
            if (query.siteId() != null) {
                all.add(is.equal(row.get("siteId"), query.siteId()));
            }
            if (query.departmentId() != null) {
                all.add(is.equal(row.get("departmentId"), query.departmentId()));
            }
            if (after != null) {
                all.add(is.greaterThan(row.get("employeeId"), after.key(0)));
            }
            return is.and(all.toArray(Predicate[]::new));
        };
    }
}
