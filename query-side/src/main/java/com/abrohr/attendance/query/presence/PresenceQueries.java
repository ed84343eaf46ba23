package com.abrohr.attendance.query.presence;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.attendance.FindPresence;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.Cursor.Key;
import com.abrohr.attendance.query.read.ListRoute;
import com.abrohr.attendance.query.read.ReadFilters;
import com.abrohr.attendance.query.read.RowQuery;

import org.axonframework.queryhandling.QueryHandler;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where the employees of a company stand now. */
public class PresenceQueries {
    public static final ListRoute ROUTE =
            new ListRoute(
                    "/presence",
                    Set.of("employeeId", "siteId", "departmentId", "presence"),
                    PresenceQueries::query);

    private static final String LIST = "presence";
    private static final int CHUNK = 500;

    private final CompanyReads reads;

    PresenceQueries(CompanyReads reads) {
        this.reads = reads;
    }

    private static FindPresence query(Caller caller, ReadFilters filters) {
        return new FindPresence(
                caller.companyId(),
                filters.employeeId(),
                filters.text("siteId"),
                filters.text("departmentId"),
                filters.oneOf(Presence.class, "presence"),
                filters.page());
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindPresence query) {
        List<Object> after = Cursor.parse(query.page().cursor(), LIST, Key.TEXT);
        return reads.in(
                query.companyId(),
                () -> {
                    Page.AsOf asOf = reads.asOf(query.companyId());
                    return CompanyReads.page(
                            query.page(),
                            read(query, after, asOf),
                            tile -> Cursor.of(LIST, tile.employeeId()),
                            tile -> tile,
                            asOf);
                });
    }

    /** Presence changes with time, so it is computed for each row here, not in the database. */
    private List<PresenceView> read(FindPresence query, List<Object> cursor, Page.AsOf asOf) {
        int wanted = query.page().limit() + 1;
        int chunk = query.presence() == null ? wanted : Math.max(wanted, CHUNK);
        List<PresenceView> tiles = new ArrayList<>();
        List<Object> after = cursor;
        List<EmployeeFacts> read;
        do {
            read = reads.rows(rows(query, after).limit(chunk), PresenceTable::facts);
            for (EmployeeFacts employee : read) {
                PresenceView tile = PresenceRule.at(employee, asOf.validAt());
                if (tiles.size() < wanted
                        && (query.presence() == null || tile.presence() == query.presence())) {
                    tiles.add(tile);
                }
                after = List.of(employee.employeeId());
            }
        } while (read.size() == chunk && tiles.size() < wanted);
        return tiles;
    }

    private static RowQuery rows(FindPresence query, List<Object> after) {
        return new RowQuery(PresenceTable.SELECT, query.companyId())
                .and("employee_id =", query.employeeId())
                .and("site_id =", query.siteId())
                .and("department_id =", query.departmentId())
                .ascending("employee_id", after);
    }
}
