package com.abrohr.attendance.system.consistency;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What must be true of the log by itself. */
public final class LogRules {
    private static final Set<String> METADATA =
            Set.of(
                    "companyId",
                    "actorId",
                    "actorRole",
                    "source",
                    "commandId",
                    "occurredAt",
                    "receivedAt",
                    "zoneId",
                    "correlationId",
                    "causationId");

    private final List<String> violations = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, Long> companyNumbers = new HashMap<>();
    private final Map<String, String> sessionStarts = new HashMap<>();
    private final Map<String, LoggedEvent> requests = new HashMap<>();
    private final Map<String, String> openSessions = new HashMap<>();
    private final Map<String, String> lastSessions = new HashMap<>();
    private final Map<String, Instant> lastCounted = new HashMap<>();
    private final Map<String, String> leave = new HashMap<>();
    private final Map<String, Integer> steps = new HashMap<>();
    private final Set<String> registered = new HashSet<>();
    private Instant lastRecorded = Instant.MIN;
    private long lastIndex;

    private LogRules() {}

    /** One line for each breach; empty for a sound log. */
    public static List<String> violations(List<LoggedEvent> log) {
        var rules = new LogRules();
        log.forEach(rules::check);
        return rules.violations;
    }

    private void check(LoggedEvent event) {
        require(event.index() == ++lastIndex, event, "index is not dense, expected " + lastIndex);
        lastIndex = event.index();
        long number = companyNumbers.getOrDefault(event.company(), 0L) + 1;
        require(
                event.companySeq() == number,
                event,
                "number of the company is not dense, expected " + number);
        companyNumbers.put(event.company(), event.companySeq());
        long expected = sequences.merge(event.stream(), 0L, (last, zero) -> last + 1);
        require(event.sequence() == expected, event, "sequence is not dense, expected " + expected);
        require(!event.recordedAt().isBefore(lastRecorded), event, "recordedAt went back");
        lastRecorded = event.recordedAt();
        String command = event.company() + "/" + event.employee() + "/" + event.commandId();
        int step = steps.merge(command, 0, (last, zero) -> last + 1);
        require(event.step() == step, event, "command is not stored once and whole");
        for (String key : METADATA) {
            require(event.metadata().path(key).isString(), event, "metadata lacks " + key);
        }
        require(
                event.company().equals(event.metadata().path("companyId").asString(""))
                        && event.company().equals(event.text("companyId")),
                event,
                "company differs between column, metadata and payload");
        checkTransition(event);
        checkTime(event);
        checkWhatItSaysOfOthers(event);
    }

    /** From revision 2 on an event says what its readers would have to look up. */
    private void checkWhatItSaysOfOthers(LoggedEvent event) {
        String session = event.company() + "/" + event.text("sessionId");
        switch (event.type()) {
            case "PunchedIn" -> sessionStarts.put(session, event.instant("countedAt"));
            case "PunchCorrected" -> sessionStarts.put(session, event.instant("punchInTime"));
            case "PunchedOut" ->
                    require(
                            isOld(event)
                                    || event.instant("punchInTime")
                                            .equals(sessionStarts.get(session)),
                            event,
                            "says another start of its session");
            case "LeaveSubmitted" ->
                    requests.put(event.company() + "/" + event.text("leaveId"), event);
            case "LeaveApproved", "LeaveRejected", "LeaveWithdrawn" -> {
                LoggedEvent request = requests.get(event.company() + "/" + event.text("leaveId"));
                require(
                        isOld(event)
                                || request != null
                                        && Stream.of("leaveType", "startDate", "endDate")
                                                .allMatch(
                                                        field ->
                                                                event.text(field)
                                                                        .equals(
                                                                                request.text(
                                                                                        field))),
                        event,
                        "says something else than its request");
            }
            default -> {}
        }
    }

    private static boolean isOld(LoggedEvent event) {
        return event.revision().equals("1");
    }

    /**
     * An online punch counts at its receipt, an offline one when it happened; time runs forward.
     */
    private void checkTime(LoggedEvent event) {
        String person = event.company() + "/" + event.employee();
        switch (event.type()) {
            case "PunchedIn", "PunchedOut" -> {
                Instant counted = Instant.parse(event.text("countedAt"));
                Instant occurred = Instant.parse(event.text("occurredAt"));
                Instant received = Instant.parse(event.receivedAt());
                Instant last = lastCounted.getOrDefault(person, Instant.MIN);
                require(!counted.isBefore(last), event, "time ran backwards");
                Instant expected =
                        event.isOffline() ? occurred : received.isBefore(last) ? last : received;
                require(counted.equals(expected), event, "counts when it should not");
                lastCounted.put(person, counted);
                lastSessions.put(person, event.text("sessionId"));
            }
            case "PunchCorrected" -> {
                if (event.text("sessionId").equals(lastSessions.get(person))) {
                    String end = event.instant("punchOutTime");
                    lastCounted.put(
                            person, Instant.parse(end.isEmpty() ? event.text("punchInTime") : end));
                }
            }
            default -> {}
        }
    }

    private void checkTransition(LoggedEvent event) {
        String person = event.company() + "/" + event.employee();
        switch (event.type()) {
            case "EmployeeRegistered" -> require(registered.add(person), event, "registered twice");
            case "PunchedIn" -> {
                require(registered.contains(person), event, "punched before registration");
                require(
                        openSessions.put(person, event.text("sessionId")) == null,
                        event,
                        "punched in while in");
            }
            case "PunchedOut" ->
                    require(
                            event.text("sessionId").equals(openSessions.remove(person)),
                            event,
                            "punched out of a session that is not open");
            case "LeaveSubmitted" -> move(event, null, "PENDING");
            case "LeaveApproved" -> move(event, "PENDING", "APPROVED");
            case "LeaveRejected" -> move(event, "PENDING", "REJECTED");
            case "LeaveWithdrawn" -> move(event, "PENDING", "WITHDRAWN");
            case "CorrectionRequested", "CorrectionApproved", "PunchCorrected" -> {}
            default -> violations.add(describe(event) + ": unknown type");
        }
    }

    private void move(LoggedEvent event, String from, String to) {
        String before = leave.put(event.company() + "/" + event.text("leaveId"), to);
        require(
                from == null ? before == null : from.equals(before),
                event,
                "leave moves from " + before + " to " + to);
    }

    private void require(boolean holds, LoggedEvent event, String what) {
        if (!holds) {
            violations.add(describe(event) + ": " + what);
        }
    }

    private static String describe(LoggedEvent event) {
        return event.index() + " " + event.type() + " " + event.stream() + "#" + event.sequence();
    }
}
