package com.abrohr.attendance.system.consistency;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

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
                            + " punch_out_time, corrected, last_seq",
                    "punch",
                    "company_id, employee_id, seq, type, session_id, occurred_at,"
                            + " received_at, recorded_at, source, offline, command_id, zone_id",
                    "leave_request",
                    "company_id, leave_id, employee_id, leave_type, start_date, end_date, status,"
                            + " submitted_at, decided_at, decided_by, last_seq",
                    "presence",
                    "company_id, employee_id, zone_id, session_id, session_open, since, parked,"
                            + " (select count(*) from jsonb_array_elements(approved_leave)),"
                            + " last_seq, next_change_at",
                    "company_position",
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

    /** Whether the tables say that they show the whole log. */
    public static boolean reached(Connection connection, List<LoggedEvent> log)
            throws SQLException {
        return stored(connection)
                .get("company_position")
                .equals(folded(log).get("company_position"));
    }

    /**
     * Where the tables are not what the log says, the first of each; whole tables would hide it.
     */
    public static List<String> differences(List<LoggedEvent> log, Connection connection)
            throws SQLException {
        SortedMap<String, List<String>> stored = stored(connection);
        List<String> differences = new ArrayList<>();
        folded(log)
                .forEach(
                        (table, expected) ->
                                differences(expected, stored.get(table)).stream()
                                        .limit(20)
                                        .map(each -> table + ": " + each)
                                        .forEach(differences::add));
        return differences;
    }

    private static List<String> differences(List<String> expected, List<String> stored) {
        List<String> found = new ArrayList<>();
        var known = new HashSet<>(stored);
        expected.stream()
                .filter(each -> !known.contains(each))
                .forEach(each -> found.add("log has " + each));
        var wanted = new HashSet<>(expected);
        stored.stream()
                .filter(each -> !wanted.contains(each))
                .forEach(each -> found.add("table has " + each));
        if (found.isEmpty() && expected.size() != stored.size()) {
            found.add(stored.size() + " rows instead of " + expected.size());
        }
        return found;
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
        private final Map<String, Long> positions = new HashMap<>();
        private final List<String> punches = new ArrayList<>();

        private void apply(LoggedEvent event) {
            Person person =
                    people.computeIfAbsent(
                            event.company() + "|" + event.employee(), key -> new Person());
            String sessionKey = event.company() + "|" + event.text("sessionId");
            String leaveKey = event.company() + "|" + event.text("leaveId");
            switch (event.type()) {
                case "EmployeeRegistered" -> person.zone = event.text("zoneId");
                case "PunchedIn" -> {
                    var session = new Session();
                    session.employee = event.employee();
                    session.zone = event.text("zoneId");
                    session.date = event.text("businessDate");
                    session.in = event.instant("countedAt");
                    session.lastSeq = event.companySeq();
                    sessions.put(sessionKey, session);
                    person.session = event.text("sessionId");
                    person.open = true;
                    person.since = session.in;
                    punches.add(punch(event, "IN"));
                }
                case "PunchedOut" -> {
                    Session session = sessions.get(sessionKey);
                    session.out = event.instant("countedAt");
                    session.lastSeq = event.companySeq();
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
                    session.lastSeq = event.companySeq();
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
                    request.lastSeq = event.companySeq();
                    leave.put(leaveKey, request);
                }
                case "LeaveApproved" -> {
                    decide(leaveKey, "APPROVED", event, event.text("approvedBy"));
                    person.approved.add(leave.get(leaveKey));
                }
                case "LeaveRejected" ->
                        decide(leaveKey, "REJECTED", event, event.text("rejectedBy"));
                case "LeaveWithdrawn" -> {
                    Leave request = leave.get(leaveKey);
                    request.status = "WITHDRAWN";
                    request.lastSeq = event.companySeq();
                    person.approved.remove(request);
                }
                default -> {}
            }
            person.lastSeq = event.companySeq();
            person.nextChange = person.nextChangeAfter(event.recordedAt());
            positions.put(event.company(), event.companySeq());
        }

        private void decide(String key, String status, LoggedEvent event, String by) {
            Leave request = leave.get(key);
            request.status = status;
            request.decidedAt = event.receivedAt();
            request.decidedBy = by;
            request.lastSeq = event.companySeq();
        }

        private static String punch(LoggedEvent event, String type) {
            return line(
                    event.company(),
                    event.employee(),
                    event.companySeq(),
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
                                                    each.corrected,
                                                    each.lastSeq)));
            people.forEach(
                    (key, each) ->
                            lines.get("presence")
                                    .add(
                                            line(
                                                    key,
                                                    each.zone,
                                                    each.session,
                                                    each.open,
                                                    each.since,
                                                    false,
                                                    each.approved.size(),
                                                    each.lastSeq,
                                                    each.nextChange)));
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
                                                    each.decidedAt,
                                                    each.decidedBy,
                                                    each.lastSeq)));
            positions.forEach(
                    (company, last) -> lines.get("company_position").add(line(company, last)));
            lines.get("punch").addAll(punches);
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
        private long lastSeq;
    }

    private static final class Person {
        private String zone = "UTC";
        private String session = "";
        private boolean open;
        private String since = "";
        private final Set<Leave> approved = new HashSet<>();
        private long lastSeq;
        private String nextChange = "";

        /** The first midnight at which being on leave begins or ends; nothing while in. */
        private String nextChangeAfter(Instant now) {
            if (open) {
                return "";
            }
            ZoneId here = ZoneId.of(zone);
            LocalDate today = now.atZone(here).toLocalDate();
            return approved.stream()
                    .flatMap(
                            each ->
                                    Stream.of(
                                            LocalDate.parse(each.from),
                                            LocalDate.parse(each.to).plusDays(1)))
                    .filter(day -> day.isAfter(today) && isOnLeave(day) != isOnLeave(today))
                    .min(Comparator.naturalOrder())
                    .map(day -> LoggedEvent.micros(day.atStartOfDay(here).toInstant()))
                    .orElse("");
        }

        private boolean isOnLeave(LocalDate day) {
            return approved.stream()
                    .anyMatch(
                            each ->
                                    !day.isBefore(LocalDate.parse(each.from))
                                            && !day.isAfter(LocalDate.parse(each.to)));
        }
    }

    private static final class Leave {
        private String employee = "";
        private String type = "";
        private String from = "";
        private String to = "";
        private String status = "";
        private String submittedAt = "";
        private String decidedAt = "";
        private String decidedBy = "";
        private long lastSeq;
    }
}
