package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.attendance.FindPresence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.Pages;
import com.abrohr.attendance.query.read.RowQuery;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

public class PresenceQueries {

    private static final String LIST = "presence";
    private static final int CHUNK = 500;

    private final CompanyReads reads;

    PresenceQueries(CompanyReads reads) {
        this.reads = reads;
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindPresence query) {
        Cursor after = Cursor.parse(query.page().cursor(), LIST, 1);
        return reads.in(
                query.companyId(),
                () -> {
                    Page.AsOf asOf = reads.asOf(query.companyId());
                    return Pages.cut(
                            read(query, after == null ? null : after.key(0), asOf),
                            query.page(),
                            tile -> Cursor.in(LIST, tile.employeeId()),
                            tile -> tile,
                            asOf);
                });
    }

    /** Presence comes from the clock too, so it is asked of each row here, not in the database. */
    private List<PresenceView> read(
            FindPresence query, @Nullable String afterEmployee, Page.AsOf asOf) {
        int wanted = query.page().limit() + 1;
        int chunk = query.presence() == null ? wanted : Math.max(wanted, CHUNK);
        List<PresenceView> tiles = new ArrayList<>();
        String after = afterEmployee;
        List<EmployeeFacts> read;
        do {
            read = reads.rows(wanted(query, after).limit(chunk), PresenceRow::facts);
            for (EmployeeFacts employee : read) {
                PresenceView tile = PresenceRule.at(employee, asOf.validAt());
                if (tiles.size() < wanted
                        && (query.presence() == null || tile.presence() == query.presence())) {
                    tiles.add(tile);
                }
                after = employee.employeeId();
            }
        } while (read.size() == chunk && tiles.size() < wanted);
        return tiles;
    }

    private static RowQuery wanted(FindPresence query, @Nullable String afterEmployee) {
        return PresenceRow.query(
                query.companyId(),
                query.employeeId(),
                query.siteId(),
                query.departmentId(),
                afterEmployee);
    }
}
