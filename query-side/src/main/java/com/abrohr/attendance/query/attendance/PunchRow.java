package com.abrohr.attendance.query.attendance;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.PunchView;
import com.abrohr.attendance.query.read.Cursor;
import com.abrohr.attendance.query.read.Timestamps;

import java.sql.ResultSet;
import java.sql.SQLException;

record PunchRow(PunchView view, long seq) {

    static final String LIST = "punches";

    static final String SELECT =
            """
            select employee_id, type, session_id, occurred_at, received_at, recorded_at, source,
                offline, command_id, zone_id, site_id, lat, lng, accuracy, seq
            from punch""";

    static PunchRow of(ResultSet row, int index) throws SQLException {
        Double lat = row.getObject(12, Double.class);
        Double lng = row.getObject(13, Double.class);
        return new PunchRow(
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

    Cursor place() {
        return Cursor.in(LIST, view.occurredAt(), seq);
    }
}
