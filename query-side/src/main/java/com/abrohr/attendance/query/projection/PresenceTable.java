package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.query.board.EmployeeFacts;
import com.abrohr.attendance.query.board.LeaveRanges;
import com.abrohr.attendance.query.board.PresenceRow;
import com.abrohr.attendance.query.board.StreamId.EmployeeKey;

import java.util.Collection;

/** {@link EmployeeFacts} as rows. */
final class PresenceTable {

    /** One look at the primary key per employee, whatever the planner thinks of the table. */
    static final String SELECT =
            """
            select p.* from unnest(?, ?) as k(company_id, employee_id)
            cross join lateral (
            """
                    + PresenceRow.SELECT
                    + """

                where company_id = k.company_id and employee_id = k.employee_id limit 1) p""";

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

    private PresenceTable() {}

    static Columns keys(Collection<EmployeeKey> employees) {
        var keys = new Columns("text", "text");
        employees.forEach(key -> keys.add(key.companyId(), key.employeeId()));
        return keys;
    }

    static Columns rows(Collection<EmployeeFacts> all) {
        var rows =
                new Columns(
                        "text",
                        "text",
                        "text",
                        "text",
                        "text",
                        "text",
                        "text",
                        "bool",
                        "timestamptz",
                        "float8",
                        "float8",
                        "float8",
                        "jsonb",
                        "bool",
                        "timestamptz",
                        "int8",
                        "timestamptz");
        for (EmployeeFacts row : all) {
            Location place = row.clock().location();
            rows.add(
                    row.companyId(),
                    row.employeeId(),
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
                    LeaveRanges.write(row.leave().approved()),
                    row.parked(),
                    row.parkedChangedAt(),
                    row.lastSeq(),
                    row.nextChangeAt());
        }
        return rows;
    }
}
