package com.abrohr.attendance.system.consistency;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of the view {@code events}.
 *
 * @param index place in the whole log
 * @param companySeq number within the company
 */
public record LoggedEvent(
        long index,
        long companySeq,
        String stream,
        long sequence,
        String company,
        String employee,
        String commandId,
        int step,
        String type,
        String revision,
        JsonNode payload,
        JsonNode metadata,
        Instant recordedAt) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    String text(String field) {
        return payload.path(field).asString("");
    }

    /** Null as an empty text, so that rows can be compared as text. */
    String instant(String field) {
        JsonNode value = payload.path(field);
        return value.isString() ? micros(Instant.parse(value.asString())) : "";
    }

    String receivedAt() {
        return micros(Instant.parse(metadata.path("receivedAt").asString()));
    }

    /** Sent as made without a connection. */
    boolean isOffline() {
        return metadata.path("offline").asString("").equals("true");
    }

    /** The tables keep microseconds. */
    static String micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).toString();
    }

    /** The whole log, in its order. */
    public static List<LoggedEvent> readAll(Connection connection) throws SQLException {
        List<LoggedEvent> events = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select global_index, company_seq, aggregate_id, sequence, company_id,"
                                        + " employee_id, command_id, command_step, payload_type,"
                                        + " payload_revision,"
                                        + " payload::text, metadata::text, recorded_at"
                                        + " from events order by global_index")) {
            while (row.next()) {
                events.add(
                        new LoggedEvent(
                                row.getLong(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7),
                                row.getInt(8),
                                row.getString(9),
                                row.getString(10),
                                JSON.readTree(row.getString(11)),
                                JSON.readTree(row.getString(12)),
                                row.getObject(13, OffsetDateTime.class).toInstant()));
            }
        }
        return events;
    }
}
