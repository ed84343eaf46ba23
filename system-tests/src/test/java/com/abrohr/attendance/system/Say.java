package com.abrohr.attendance.system;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What clients say, in the words of the guide. */
final class Say {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Say() {}

    /** As JSON.stringify writes a Date. */
    static String now() {
        return MILLIS.format(Instant.now());
    }

    static String commandId() {
        return UUID.randomUUID().toString();
    }

    static Map<String, Object> punch(String employeeId, String commandId) {
        return punch(employeeId, commandId, now());
    }

    static Map<String, Object> punch(String employeeId, String commandId, String timestamp) {
        Map<String, Object> punch = new LinkedHashMap<>();
        punch.put("employeeId", employeeId);
        punch.put("timestamp", timestamp);
        punch.put("location", Map.of("lat", 40.4168, "lng", -3.7038, "accuracy", 12));
        punch.put("commandId", commandId);
        return punch;
    }

    static Map<String, Object> restPunch(String type, String timestamp) {
        Map<String, Object> punch = new LinkedHashMap<>();
        punch.put("type", type);
        punch.put("occurredAt", timestamp);
        punch.put("location", Map.of("lat", 40.4168, "lng", -3.7038, "accuracy", 12));
        return punch;
    }

    static Map<String, Object> leave(String employeeId, String from, String to) {
        return leave(employeeId, from, to, "rest");
    }

    static Map<String, Object> leave(String employeeId, String from, String to, String reason) {
        Map<String, Object> leave = new LinkedHashMap<>();
        leave.put("employeeId", employeeId);
        leave.put("leaveType", "annual");
        leave.put("startDate", from);
        leave.put("endDate", to);
        leave.put("reason", reason);
        leave.put("commandId", commandId());
        return leave;
    }
}
