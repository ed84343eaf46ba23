package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchView;
import com.abrohr.attendance.query.projection.RowChanges.PunchRow;

import java.util.List;

/** Punches as rows; none is ever changed. */
final class PunchTable {

    static final String INSERT =
            """
            insert into punch (company_id, employee_id, occurred_at, seq, received_at, recorded_at,
                lat, lng, accuracy, offline, type, session_id, source, command_id, zone_id, site_id)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private PunchTable() {}

    static Columns rows(List<PunchRow> punches) {
        var rows =
                new Columns(
                        "text",
                        "text",
                        "timestamptz",
                        "int8",
                        "timestamptz",
                        "timestamptz",
                        "float8",
                        "float8",
                        "float8",
                        "bool",
                        "text",
                        "text",
                        "text",
                        "text",
                        "text",
                        "text");
        for (PunchRow row : punches) {
            PunchView punch = row.punch();
            Location place = punch.location();
            rows.add(
                    row.employee().companyId(),
                    row.employee().employeeId(),
                    punch.occurredAt(),
                    row.seq(),
                    punch.receivedAt(),
                    punch.recordedAt(),
                    place == null ? null : place.lat(),
                    place == null ? null : place.lng(),
                    place == null ? null : place.accuracy(),
                    punch.offline(),
                    punch.type(),
                    punch.sessionId(),
                    punch.source(),
                    punch.commandId(),
                    punch.zoneId(),
                    punch.siteId());
        }
        return rows;
    }
}
