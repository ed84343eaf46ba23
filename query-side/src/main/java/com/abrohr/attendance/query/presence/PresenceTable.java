package com.abrohr.attendance.query.presence;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.presence.EmployeeFacts.Clock;
import com.abrohr.attendance.query.presence.EmployeeFacts.Leave;
import com.abrohr.attendance.query.presence.EmployeeFacts.Person;
import com.abrohr.attendance.query.presence.EmployeeFacts.Range;
import com.abrohr.attendance.query.projection.Columns;
import com.abrohr.attendance.query.read.Timestamps;

import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** {@link EmployeeFacts} as rows of the table {@code presence}. */
final class PresenceTable {
    static final String SELECT =
            """
            select company_id, employee_id, display_name, department_id, site_id, zone_id,
                session_id, session_open, since, lat, lng, accuracy, cast(approved_leave as text),
                parked, parked_changed_at, last_seq, next_change_at
            from presence""";

    static final String SELECT_BY_KEYS = Columns.selectByEmployee(SELECT);

    static final String UPSERT =
            """
            insert into presence (company_id, employee_id, display_name, department_id, site_id,
                zone_id, session_id, session_open, since, lat, lng, accuracy, approved_leave,
                parked, parked_changed_at, last_seq, next_change_at)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (company_id, employee_id) do update set
                display_name = excluded.display_name, department_id = excluded.department_id,
                site_id = excluded.site_id, zone_id = excluded.zone_id,
                session_id = excluded.session_id, session_open = excluded.session_open,
                since = excluded.since, lat = excluded.lat, lng = excluded.lng,
                accuracy = excluded.accuracy, approved_leave = excluded.approved_leave,
                parked = excluded.parked, parked_changed_at = excluded.parked_changed_at,
                last_seq = excluded.last_seq, next_change_at = excluded.next_change_at""";

    private static final String NO_RANGES = "[]";
    private static final JsonMapper JSON = new JsonMapper();

    private PresenceTable() {}

    private static String json(List<Range> ranges) {
        return ranges.isEmpty() ? NO_RANGES : JSON.writeValueAsString(ranges);
    }

    private static List<Range> ranges(String json) {
        return NO_RANGES.equals(json) ? List.of() : List.of(JSON.readValue(json, Range[].class));
    }

    static Columns columns(Collection<EmployeeFacts> all) {
        var columns =
                new Columns(
                        "text text text text text text text bool timestamptz float8 "
                                + "float8 float8 jsonb bool timestamptz int8 timestamptz");
        for (EmployeeFacts row : all) {
            Location place = row.clock().location();
            columns.add(
                    row.employee().companyId(),
                    row.employee().employeeId(),
                    row.person().displayName(),
                    row.person().departmentId(),
                    row.person().siteId(),
                    row.person().zoneId(),
                    row.clock().sessionId(),
                    row.clock().open(),
                    row.clock().since(),
                    place == null ? null : place.lat(),
                    place == null ? null : place.lng(),
                    place == null ? null : place.accuracy(),
                    json(row.leave().approved()),
                    row.deadLettered(),
                    row.deadLetteredChangedAt(),
                    row.lastSeq(),
                    row.nextChangeAt());
        }
        return columns;
    }

    /**
     * @param row of {@link #SELECT}
     */
    static EmployeeFacts facts(ResultSet row, int index) throws SQLException {
        Double lat = row.getObject(10, Double.class);
        Double lng = row.getObject(11, Double.class);
        return new EmployeeFacts(
                new EmployeeKey(row.getString(1), row.getString(2)),
                new Person(row.getString(3), row.getString(4), row.getString(5), row.getString(6)),
                new Clock(
                        row.getString(7),
                        row.getBoolean(8),
                        Timestamps.nullable(row, 9),
                        lat == null || lng == null
                                ? null
                                : new Location(lat, lng, row.getObject(12, Double.class))),
                new Leave(ranges(row.getString(13))),
                row.getBoolean(14),
                Timestamps.nullable(row, 15),
                row.getLong(16),
                Timestamps.nullable(row, 17));
    }
}
