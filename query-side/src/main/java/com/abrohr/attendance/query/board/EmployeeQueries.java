package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.workforce.FindEmployees;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.RowQuery;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** The people of a company, who stand in its presence rows. */
public class EmployeeQueries {

    private static final String LIST = "employees";

    private final CompanyReads reads;

    EmployeeQueries(CompanyReads reads) {
        this.reads = reads;
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindEmployees query) {
        return reads.page(
                query.companyId(),
                query.page(),
                wanted(query, Cursor.parse(query.page().cursor(), LIST, 1)),
                PresenceRow::facts,
                employee -> Cursor.in(LIST, employee.employeeId()),
                EmployeeFacts::employee);
    }

    private static RowQuery wanted(FindEmployees query, @Nullable Cursor after) {
        return PresenceRow.query(
                query.companyId(),
                query.employeeId(),
                query.siteId(),
                query.departmentId(),
                after == null ? null : after.key(0));
    }
}
