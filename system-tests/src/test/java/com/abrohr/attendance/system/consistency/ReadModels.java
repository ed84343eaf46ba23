package com.abrohr.attendance.system.consistency;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The read models as lines of text, once folded from the log by plain rules that share no code with
 * the projection and once read from the tables. Fields that the log keeps encrypted are left out.
 */
public final class ReadModels {
    /** Each table's columns in the order of the folded lines; times as ISO-8601, null as empty. */
    private static final Map<String, String> TABLES =
            Map.of(
                    "work_session",
                    "company_id, session_id, employee_id, business_date, zone_id, punch_in_time,"
                            + " punch_out_time, corrected",
                    "punch",
                    "company_id, employee_id, clock_seq, type, session_id, occurred_at,"
                            + " received_at, recorded_at, source, offline, command_id, zone_id",
                    "leave_request",
                    "company_id, leave_id, employee_id, leave_type, start_date, end_date, status,"
                            + " submitted_at, decided_by",
                    "presence",
                    "company_id, employee_id, zone_id, workforce_seq, clock_seq, leave_seq,"
                            + " session_open, since, parked,"
                            + " (select count(*) from jsonb_array_elements(approved_leave))",
                    "feed_entry",
                    "company_id, seq, managers_prev, employee_prev, employee_id, recorded_at",
                    "feed_head",
                    "company_id, last_seq");

    private ReadModels() {}

    public static SortedMap<String, List<String>> stored(Connection connection)
            throws SQLException {
        SortedMap<String, List<String>> stored = new TreeMap<>();
        for (Map.Entry<String, String> table : TABLES.entrySet()) {
            List<String> lines = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery(
                                    "select " + table.getValue() + " from " + table.getKey())) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    String[] fields = new String[columns];
                    for (int i = 0; i < columns; i++) {
                        fields[i] = field(row, i + 1);
                    }
                    lines.add(String.join("|", fields));
                }
            }
            lines.sort(null);
            stored.put(table.getKey(), lines);
        }
        return stored;
    }

    private static String field(ResultSet row, int column) throws SQLException {
        if (row.getMetaData().getColumnTypeName(column).equals("timestamptz")) {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? "" : LoggedEvent.micros(time.toInstant());
        }
        Object value = row.getObject(column);
        return value == null ? "" : value.toString();
    }

    public static SortedMap<String, List<String>> folded(List<LoggedEvent> log) {
        var fold = new Fold();
        log.forEach(fold::apply);
        return fold.lines();
    }

    private static final class Fold {
        private final Map<String, Session> sessions = new HashMap<>();
        private final Map<String, Person> people = new HashMap<>();
        private final Map<String, Leave> leave = new HashMap<>();
        private final Map<String, Long> feed = new HashMap<>();
        private final Map<String, Long> told = new HashMap<>();
        private final List<String> punches = new ArrayList<>();
        private final List<String> entries = new ArrayList<>();

        private void apply(LoggedEvent event) {
            Person person =
                    people.computeIfAbsent(
                            event.company() + "|" + event.employee(), key -> new Person());
            if (event.stream().startsWith("time-clock/")) {
                person.clockSequence = event.sequence();
            } else if (event.stream().startsWith("leave-account/")) {
                person.leaveSequence = event.sequence();
            } else {
                person.workforceSequence = event.sequence();
            }
            String sessionKey = event.company() + "|" + event.text("sessionId");
            String leaveKey = event.company() + "|" + event.text("leaveId");
            boolean entry = true;
            switch (event.type()) {
                case "EmployeeRegistered" -> person.zone = event.text("zoneId");
                case "PunchedIn" -> {
                    var session = new Session();
                    session.employee = event.employee();
                    session.zone = event.text("zoneId");
                    session.date = event.text("businessDate");
                    session.in = event.instant("countedAt");
                    sessions.put(sessionKey, session);
                    person.session = event.text("sessionId");
                    person.open = true;
                    person.since = session.in;
                    punches.add(punch(event, "IN"));
                }
                case "PunchedOut" -> {
                    sessions.get(sessionKey).out = event.instant("countedAt");
                    person.open = false;
                    person.since = event.instant("countedAt");
                    punches.add(punch(event, "OUT"));
                }
                case "PunchCorrected" -> {
                    Session session = sessions.get(sessionKey);
                    session.in = event.instant("punchInTime");
                    session.out = event.instant("punchOutTime");
                    session.date = event.text("businessDate");
                    session.corrected = true;
                    if (event.text("sessionId").equals(person.session)) {
                        person.open = session.out.isEmpty();
                        person.since = person.open ? session.in : session.out;
                    }
                }
                case "LeaveSubmitted" -> {
                    var request = new Leave();
                    request.employee = event.employee();
                    request.type = event.text("leaveType");
                    request.from = event.text("startDate");
                    request.to = event.text("endDate");
                    request.status = "PENDING";
                    request.submittedAt = event.receivedAt();
                    leave.put(leaveKey, request);
                }
                case "LeaveApproved" -> {
                    decide(leaveKey, "APPROVED", event.text("approvedBy"));
                    person.approved++;
                }
                case "LeaveRejected" -> decide(leaveKey, "REJECTED", event.text("rejectedBy"));
                case "LeaveWithdrawn" -> leave.get(leaveKey).status = "WITHDRAWN";
                default -> entry = false;
            }
            if (entry) {
                number(event, person);
            }
        }

        private void decide(String key, String status, String by) {
            leave.get(key).status = status;
            leave.get(key).decidedBy = by;
        }

        /** Only the board shows that somebody joined: neither managers nor employee are told. */
        private void number(LoggedEvent event, Person person) {
            long number = feed.merge(event.company(), 1L, Long::sum);
            entries.add(
                    line(
                            event.company(),
                            number,
                            told.getOrDefault(event.company(), 0L),
                            person.told,
                            event.employee(),
                            LoggedEvent.micros(event.recordedAt())));
            if (!event.type().equals("EmployeeRegistered")) {
                told.put(event.company(), number);
                person.told = number;
            }
        }

        private static String punch(LoggedEvent event, String type) {
            return line(
                    event.company(),
                    event.employee(),
                    event.sequence(),
                    type,
                    event.text("sessionId"),
                    event.instant("occurredAt"),
                    event.receivedAt(),
                    LoggedEvent.micros(event.recordedAt()),
                    event.metadata().path("source").asString(""),
                    event.isOffline(),
                    event.commandId(),
                    event.text("zoneId"));
        }

        private SortedMap<String, List<String>> lines() {
            SortedMap<String, List<String>> lines = new TreeMap<>();
            TABLES.keySet().forEach(table -> lines.put(table, new ArrayList<>()));
            sessions.forEach(
                    (key, each) ->
                            lines.get("work_session")
                                    .add(
                                            line(
                                                    key,
                                                    each.employee,
                                                    each.date,
                                                    each.zone,
                                                    each.in,
                                                    each.out,
                                                    each.corrected)));
            people.forEach(
                    (key, each) ->
                            lines.get("presence")
                                    .add(
                                            line(
                                                    key,
                                                    each.zone,
                                                    each.workforceSequence,
                                                    each.clockSequence,
                                                    each.leaveSequence,
                                                    each.open,
                                                    each.since,
                                                    false,
                                                    each.approved)));
            leave.forEach(
                    (key, each) ->
                            lines.get("leave_request")
                                    .add(
                                            line(
                                                    key,
                                                    each.employee,
                                                    each.type,
                                                    each.from,
                                                    each.to,
                                                    each.status,
                                                    each.submittedAt,
                                                    each.decidedBy)));
            feed.forEach((company, last) -> lines.get("feed_head").add(line(company, last)));
            lines.get("punch").addAll(punches);
            lines.get("feed_entry").addAll(entries);
            lines.values().forEach(each -> each.sort(null));
            return lines;
        }

        private static String line(Object... fields) {
            String[] texts = new String[fields.length];
            for (int i = 0; i < fields.length; i++) {
                texts[i] = String.valueOf(fields[i]);
            }
            return String.join("|", texts);
        }
    }

    private static final class Session {
        private String employee = "";
        private String zone = "";
        private String date = "";
        private String in = "";
        private String out = "";
        private boolean corrected;
    }

    private static final class Person {
        private String zone = "UTC";
        private String session = "";
        private boolean open;
        private String since = "";
        private long workforceSequence = -1;
        private long clockSequence = -1;
        private long leaveSequence = -1;
        private long approved;
        private long told;
    }

    private static final class Leave {
        private String employee = "";
        private String type = "";
        private String from = "";
        private String to = "";
        private String status = "";
        private String submittedAt = "";
        private String decidedBy = "";
    }
}
