package com.abrohr.attendance.query.punch;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.attendance.FindPunches;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.PunchView;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Source;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.Cursor.Key;
import com.abrohr.attendance.query.read.ListRoute;
import com.abrohr.attendance.query.read.ReadFilters;
import com.abrohr.attendance.query.read.RowQuery;
import com.abrohr.attendance.query.read.Timestamps;

import org.axonframework.queryhandling.QueryHandler;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;

/** The punches of a company, newest first. */
public class PunchQueries {
    public static final ListRoute ROUTE =
            new ListRoute(
                    "/punches",
                    Set.of("employeeId", "siteId", "from", "to", "source"),
                    PunchQueries::query);

    private static final String LIST = "punches";
    private static final String SELECT =
            """
            select employee_id, type, session_id, occurred_at, received_at, recorded_at, source,
                offline, command_id, zone_id, site_id, lat, lng, accuracy, seq
            from punch""";

    private final CompanyReads reads;

    PunchQueries(CompanyReads reads) {
        this.reads = reads;
    }

    private static FindPunches query(Caller caller, ReadFilters filters) {
        Source source = filters.oneOf(Source.class, "source");
        return new FindPunches(
                caller.companyId(),
                filters.employeeId(),
                filters.text("siteId"),
                filters.instant("from"),
                filters.instant("to"),
                source == null ? null : source.name(),
                filters.page());
    }

    /** Raw, because Axon finds a handler by the class that it answers, not by type arguments. */
    @QueryHandler
    @SuppressWarnings("rawtypes")
    public Page handle(FindPunches query) {
        return reads.page(
                query.page(),
                new RowQuery(SELECT, query.companyId())
                        .and("employee_id =", query.employeeId())
                        .and("site_id =", query.siteId())
                        .and("occurred_at >=", query.from())
                        .and("occurred_at <", query.to())
                        .and("source =", query.source())
                        .descending(
                                "occurred_at",
                                "seq",
                                Cursor.parse(query.page().cursor(), LIST, Key.INSTANT, Key.NUMBER)),
                PunchQueries::row,
                row -> Cursor.of(LIST, row.view().occurredAt(), row.seq()),
                Row::view);
    }

    private record Row(PunchView view, long seq) {}

    private static Row row(ResultSet row, int index) throws SQLException {
        Double lat = row.getObject(12, Double.class);
        Double lng = row.getObject(13, Double.class);
        return new Row(
                new PunchView(
                        row.getString(1),
                        PunchType.valueOf(row.getString(2)),
                        row.getString(3),
                        Timestamps.required(row, 4),
                        Timestamps.required(row, 5),
                        Timestamps.required(row, 6),
                        row.getString(7),
                        row.getBoolean(8),
                        row.getString(9),
                        row.getString(10),
                        row.getString(11),
                        lat == null || lng == null
                                ? null
                                : new Location(lat, lng, row.getObject(14, Double.class))),
                row.getLong(15));
    }
}
