package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchView;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.query.board.BoardBatch.PunchRow;
import com.abrohr.attendance.query.board.BoardBatch.RowKey;
import com.abrohr.attendance.query.board.EmployeeFacts.Clock;
import com.abrohr.attendance.query.board.EmployeeFacts.Leave;
import com.abrohr.attendance.query.board.EmployeeFacts.Person;
import com.abrohr.attendance.query.board.StreamId.EmployeeKey;
import com.abrohr.attendance.query.livefeed.FeedJson;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The tables of the board: read by the rows that a batch touches, written with one statement per
 * table. Runs on the connection of the token's transaction.
 */
final class BoardTables {

    private static final String LOCK_HEADS =
            """
            select company_id, last_seq, managers_seq, rebuilt_to from feed_head
            where company_id = any(?) order by company_id for update""";
    private static final String MAKE_HEADS =
            """
            insert into feed_head (company_id)
            select * from unnest(?) as n(company_id) order by 1 on conflict do nothing""";
    private static final String FACTS =
            """
            select company_id, employee_id, display_name, department_id, site_id, zone_id,
                   workforce_seq, clock_seq, leave_seq, session_id, session_open, since, lat, lng,
                   accuracy, approved_leave, parked, feed_seq
            from presence where (company_id, employee_id) in (select * from unnest(?, ?))""";
    private static final String SESSIONS =
            """
            select company_id, session_id, employee_id, business_date, zone_id, punch_in_time,
                   punch_out_time, corrected
            from work_session where (company_id, session_id) in (select * from unnest(?, ?))""";
    private static final String REQUESTS =
            """
            select company_id, leave_id, employee_id, leave_type, start_date, end_date, reason,
                   status, submitted_at, decided_at, decided_by, comment
            from leave_request where (company_id, leave_id) in (select * from unnest(?, ?))""";
    private static final String WRITE_FACTS =
            """
            insert into presence (company_id, employee_id, display_name, department_id, site_id,
                zone_id, workforce_seq, clock_seq, leave_seq, session_id, session_open, since, lat,
                lng, accuracy, approved_leave, parked, feed_seq)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (company_id, employee_id) do update set
                display_name = excluded.display_name, department_id = excluded.department_id,
                site_id = excluded.site_id, zone_id = excluded.zone_id,
                workforce_seq = excluded.workforce_seq, clock_seq = excluded.clock_seq,
                leave_seq = excluded.leave_seq, session_id = excluded.session_id,
                session_open = excluded.session_open, since = excluded.since, lat = excluded.lat,
                lng = excluded.lng, accuracy = excluded.accuracy,
                approved_leave = excluded.approved_leave, parked = excluded.parked,
                feed_seq = excluded.feed_seq""";
    private static final String WRITE_SESSIONS =
            """
            insert into work_session (company_id, session_id, employee_id, business_date, zone_id,
                punch_in_time, punch_out_time, corrected)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (company_id, session_id) do update set
                business_date = excluded.business_date, punch_in_time = excluded.punch_in_time,
                punch_out_time = excluded.punch_out_time, corrected = excluded.corrected""";
    private static final String WRITE_PUNCHES =
            """
            insert into punch (company_id, employee_id, clock_seq, type, session_id, occurred_at,
                received_at, recorded_at, source, offline, command_id, zone_id, site_id, lat, lng,
                accuracy)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String WRITE_REQUESTS =
            """
            insert into leave_request (company_id, leave_id, employee_id, leave_type, start_date,
                end_date, reason, status, submitted_at, decided_at, decided_by, comment)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (company_id, leave_id) do update set
                status = excluded.status, decided_at = excluded.decided_at,
                decided_by = excluded.decided_by, comment = excluded.comment""";
    private static final String WRITE_HEADS =
            """
            update feed_head h
            set last_seq = n.last_seq, managers_seq = n.managers_seq, rebuilt_to = n.rebuilt_to
            from unnest(?, ?, ?, ?) as n(company_id, last_seq, managers_seq, rebuilt_to)
            where h.company_id = n.company_id""";
    private static final String WRITE_ENTRIES =
            """
            insert into feed_entry (company_id, seq, managers_prev, employee_prev, employee_id,
                recorded_at, payload)
            select * from unnest(?, ?, ?, ?, ?, ?, ?)""";

    private final FeedJson json;

    BoardTables(FeedJson json) {
        this.json = json;
    }

    /**
     * Locks the heads of the companies, then reads in a younger snapshot: whoever writes a company
     * has seen all that was written of it.
     */
    BoardBatch load(
            Connection connection,
            Collection<EmployeeKey> employees,
            Collection<RowKey> sessions,
            Collection<RowKey> requests)
            throws SQLException {
        var batch = new BoardBatch();
        lockHeads(connection, employees, batch);
        var keys = new Columns("text", "text");
        employees.forEach(key -> keys.add(key.companyId(), key.employeeId()));
        query(connection, FACTS, keys, row -> batch.loaded(facts(row)));
        query(
                connection,
                SESSIONS,
                rowKeys(sessions),
                row -> batch.loaded(text(row, 1), session(row)));
        query(
                connection,
                REQUESTS,
                rowKeys(requests),
                row -> batch.loaded(text(row, 1), request(row)));
        return batch;
    }

    private static void lockHeads(
            Connection connection, Collection<EmployeeKey> employees, BoardBatch batch)
            throws SQLException {
        var companies = new TreeSet<String>();
        employees.forEach(key -> companies.add(key.companyId()));
        var missing = new TreeSet<>(companies);
        RowReader head =
                row -> {
                    missing.remove(text(row, 1));
                    batch.loaded(
                            new FeedHead(
                                    text(row, 1),
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getObject(4, Long.class)));
                };
        query(connection, LOCK_HEADS, companyKeys(companies), head);
        if (!missing.isEmpty()) {
            Columns made = companyKeys(missing);
            made.executeUpdate(connection, MAKE_HEADS);
            query(connection, LOCK_HEADS, made, head);
        }
    }

    void write(Connection connection, BoardBatch batch) throws SQLException {
        writeFacts(connection, batch);
        var sessions =
                new Columns(
                        "text",
                        "text",
                        "text",
                        "date",
                        "text",
                        "timestamptz",
                        "timestamptz",
                        "bool");
        batch.changedSessions()
                .forEach(
                        (key, row) ->
                                sessions.add(
                                        key.companyId(),
                                        row.id(),
                                        row.employeeId(),
                                        row.businessDate(),
                                        row.zoneId(),
                                        row.punchInTime(),
                                        row.punchOutTime(),
                                        row.corrected()));
        sessions.executeUpdate(connection, WRITE_SESSIONS);
        writePunches(connection, batch.punches());
        writeRequests(connection, batch.changedRequests());
        var heads = new Columns("text", "int8", "int8", "int8");
        batch.changedHeads()
                .forEach(
                        head ->
                                heads.add(
                                        head.companyId(),
                                        head.lastSeq(),
                                        head.managersSeq(),
                                        head.rebuiltTo()));
        heads.executeUpdate(connection, WRITE_HEADS);
        var entries = new Columns("text", "int8", "int8", "int8", "text", "timestamptz", "jsonb");
        for (List<FeedEntry> said : batch.entries().values()) {
            for (FeedEntry entry : said) {
                entries.add(
                        entry.companyId(),
                        entry.seq(),
                        entry.managersPrev(),
                        entry.employeePrev(),
                        entry.employeeId(),
                        entry.recordedAt(),
                        json.write(entry));
            }
        }
        entries.executeUpdate(connection, WRITE_ENTRIES);
    }

    private void writeFacts(Connection connection, BoardBatch batch) throws SQLException {
        var rows =
                new Columns(
                        "text",
                        "text",
                        "text",
                        "text",
                        "text",
                        "text",
                        "int8",
                        "int8",
                        "int8",
                        "text",
                        "bool",
                        "timestamptz",
                        "float8",
                        "float8",
                        "float8",
                        "jsonb",
                        "bool",
                        "int8");
        for (EmployeeFacts row : batch.changedFacts()) {
            Location place = row.clock().location();
            rows.add(
                    row.companyId(),
                    row.employeeId(),
                    row.person().displayName(),
                    row.person().departmentId(),
                    row.person().siteId(),
                    row.person().zoneId(),
                    row.workforceSeq(),
                    row.clock().sequence(),
                    row.leave().sequence(),
                    row.clock().sessionId(),
                    row.clock().open(),
                    row.clock().since(),
                    place == null ? null : place.lat(),
                    place == null ? null : place.lng(),
                    place == null ? null : place.accuracy(),
                    LeaveRanges.write(row.leave().approved()),
                    row.parked(),
                    row.feedSeq());
        }
        rows.executeUpdate(connection, WRITE_FACTS);
    }

    private static void writePunches(Connection connection, List<PunchRow> punches)
            throws SQLException {
        var rows =
                new Columns(
                        "text",
                        "text",
                        "int8",
                        "text",
                        "text",
                        "timestamptz",
                        "timestamptz",
                        "timestamptz",
                        "text",
                        "bool",
                        "text",
                        "text",
                        "text",
                        "float8",
                        "float8",
                        "float8");
        for (PunchRow row : punches) {
            PunchView punch = row.punch();
            Location place = punch.location();
            rows.add(
                    row.companyId(),
                    punch.employeeId(),
                    row.clockSeq(),
                    punch.type(),
                    punch.sessionId(),
                    punch.occurredAt(),
                    punch.receivedAt(),
                    punch.recordedAt(),
                    punch.source(),
                    punch.offline(),
                    punch.commandId(),
                    punch.zoneId(),
                    punch.siteId(),
                    place == null ? null : place.lat(),
                    place == null ? null : place.lng(),
                    place == null ? null : place.accuracy());
        }
        rows.executeUpdate(connection, WRITE_PUNCHES);
    }

    private static void writeRequests(Connection connection, Map<RowKey, LeaveRequestView> requests)
            throws SQLException {
        var rows =
                new Columns(
                        "text",
                        "text",
                        "text",
                        "text",
                        "date",
                        "date",
                        "text",
                        "text",
                        "timestamptz",
                        "timestamptz",
                        "text",
                        "text");
        requests.forEach(
                (key, row) ->
                        rows.add(
                                key.companyId(),
                                row.id(),
                                row.employeeId(),
                                row.leaveType(),
                                row.startDate(),
                                row.endDate(),
                                row.reason(),
                                row.status(),
                                row.submittedAt(),
                                row.decidedAt(),
                                row.decidedBy(),
                                row.comment()));
        rows.executeUpdate(connection, WRITE_REQUESTS);
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private static void query(Connection connection, String sql, Columns keys, RowReader reader)
            throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            keys.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private static Columns companyKeys(Collection<String> companies) {
        var keys = new Columns("text");
        companies.forEach(keys::add);
        return keys;
    }

    private static Columns rowKeys(Collection<RowKey> rows) {
        var keys = new Columns("text", "text");
        rows.forEach(key -> keys.add(key.companyId(), key.id()));
        return keys;
    }

    private static EmployeeFacts facts(ResultSet row) throws SQLException {
        Double lat = row.getObject(13, Double.class);
        Double lng = row.getObject(14, Double.class);
        return new EmployeeFacts(
                text(row, 1),
                text(row, 2),
                row.getLong(7),
                new Person(row.getString(3), row.getString(4), row.getString(5), text(row, 6)),
                new Clock(
                        row.getLong(8),
                        row.getString(10),
                        row.getBoolean(11),
                        instant(row, 12),
                        lat == null || lng == null
                                ? null
                                : new Location(lat, lng, row.getObject(15, Double.class))),
                new Leave(row.getLong(9), LeaveRanges.read(text(row, 16))),
                row.getBoolean(17),
                row.getLong(18));
    }

    private static WorkSessionView session(ResultSet row) throws SQLException {
        return new WorkSessionView(
                text(row, 2),
                text(row, 3),
                row.getObject(4, LocalDate.class),
                text(row, 5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                instant(row, 7),
                row.getBoolean(8));
    }

    private static LeaveRequestView request(ResultSet row) throws SQLException {
        // The name is the presence row's; the fold sets it as it is by then.
        return new LeaveRequestView(
                text(row, 2),
                text(row, 3),
                text(row, 3),
                text(row, 4),
                row.getObject(5, LocalDate.class),
                row.getObject(6, LocalDate.class),
                row.getString(7),
                LeaveStatus.valueOf(text(row, 8)),
                row.getObject(9, OffsetDateTime.class).toInstant(),
                instant(row, 10),
                row.getString(11),
                row.getString(12));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
