package com.abrohr.attendance.query.employee;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.workforce.EmployeeView;
import com.abrohr.attendance.messages.workforce.FindEmployees;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.Cursor.Key;
import com.abrohr.attendance.query.read.ListRoute;
import com.abrohr.attendance.query.read.ReadFilters;
import com.abrohr.attendance.query.read.RowQuery;

import org.axonframework.queryhandling.QueryHandler;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;

/** The people of a company. What was registered of them stands in their rows of presence. */
public class EmployeeQueries {
    public static final ListRoute ROUTE =
            new ListRoute(
                    "/employees",
                    Set.of("employeeId", "siteId", "departmentId"),
                    EmployeeQueries::query);

    private static final String LIST = "employees";
    private static final String SELECT =
            """
            select employee_id, coalesce(display_name, employee_id), department_id, site_id, zone_id
            from presence""";

    private final CompanyReads reads;

    EmployeeQueries(CompanyReads reads) {
        this.reads = reads;
    }

    private static FindEmployees query(Caller caller, ReadFilters filters) {
        return new FindEmployees(
                caller.companyId(),
                filters.employeeId(),
                filters.text("siteId"),
                filters.text("departmentId"),
                filters.page());
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindEmployees query) {
        return reads.page(
                query.page(),
                new RowQuery(SELECT, query.companyId())
                        .and("employee_id =", query.employeeId())
                        .and("site_id =", query.siteId())
                        .and("department_id =", query.departmentId())
                        .ascending(
                                "employee_id", Cursor.parse(query.page().cursor(), LIST, Key.TEXT)),
                EmployeeQueries::view,
                employee -> Cursor.of(LIST, employee.employeeId()),
                employee -> employee);
    }

    private static EmployeeView view(ResultSet row, int index) throws SQLException {
        return new EmployeeView(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5));
    }
}
