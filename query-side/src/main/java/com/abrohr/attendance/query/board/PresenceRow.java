package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.query.board.EmployeeFacts.Clock;
import com.abrohr.attendance.query.board.EmployeeFacts.Leave;
import com.abrohr.attendance.query.board.EmployeeFacts.Person;
import com.abrohr.attendance.query.read.RowQuery;
import com.abrohr.attendance.query.read.Timestamps;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;

/** {@link EmployeeFacts} as a row of {@code presence}. */
public final class PresenceRow {

    private static final String COLUMNS =
            """
            company_id, employee_id, display_name, department_id, site_id, zone_id, session_id,
            session_open, since, lat, lng, accuracy, cast(approved_leave as text), parked,
            parked_changed_at, last_seq, next_change_at""";

    public static final String SELECT = "select " + COLUMNS + " from presence";

    private PresenceRow() {}

    /**
     * Employees by their id; a filter that was not asked for is null.
     *
     * @param after the last employee of the page before; null on the first page
     */
    static RowQuery query(
            String companyId,
            @Nullable String employeeId,
            @Nullable String siteId,
            @Nullable String departmentId,
            @Nullable String after) {
        return new RowQuery(SELECT, companyId)
                .and("employee_id =", employeeId)
                .and("site_id =", siteId)
                .and("department_id =", departmentId)
                .ascending("employee_id", after);
    }

    /**
     * @param row of {@link #SELECT}
     */
    public static EmployeeFacts facts(ResultSet row, int index) throws SQLException {
        Double lat = row.getObject(10, Double.class);
        Double lng = row.getObject(11, Double.class);
        return new EmployeeFacts(
                row.getString(1),
                row.getString(2),
                new Person(row.getString(3), row.getString(4), row.getString(5), row.getString(6)),
                new Clock(
                        row.getString(7),
                        row.getBoolean(8),
                        Timestamps.nullable(row, 9),
                        lat == null || lng == null
                                ? null
                                : new Location(lat, lng, row.getObject(12, Double.class))),
                new Leave(LeaveRanges.read(row.getString(13))),
                row.getBoolean(14),
                Timestamps.nullable(row, 15),
                row.getLong(16),
                Timestamps.nullable(row, 17));
    }
}
