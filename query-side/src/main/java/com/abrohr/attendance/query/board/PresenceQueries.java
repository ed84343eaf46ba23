package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.attendance.FindPresence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.Pages;

import jakarta.persistence.criteria.Predicate;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;

import java.util.ArrayList;
import java.util.List;

public class PresenceQueries {

    private static final String LIST = "presence";
    private static final Sort BY_EMPLOYEE = Sort.by("employeeId");
    private static final int CHUNK = 500;

    private final CompanyReads reads;
    private final PresenceRows rows;

    PresenceQueries(CompanyReads reads, PresenceRows rows) {
        this.reads = reads;
        this.rows = rows;
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
        List<PresenceRow> read;
        do {
            Specification<PresenceRow> next = wanted(query, after);
            read = rows.findBy(next, found -> found.sortBy(BY_EMPLOYEE).limit(chunk).all());
            for (PresenceRow row : read) {
                PresenceView tile = PresenceRule.at(row.facts(), asOf.validAt());
                if (tiles.size() < wanted
                        && (query.presence() == null || tile.presence() == query.presence())) {
                    tiles.add(tile);
                }
                after = row.employeeId;
            }
        } while (read.size() == chunk && tiles.size() < wanted);
        return tiles;
    }

    private static Specification<PresenceRow> wanted(
            FindPresence query, @Nullable String afterEmployee) {
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
            if (afterEmployee != null) {
                all.add(is.greaterThan(row.get("employeeId"), afterEmployee));
            }
            return is.and(all.toArray(Predicate[]::new));
        };
    }
}
