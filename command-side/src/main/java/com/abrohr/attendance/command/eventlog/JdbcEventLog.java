package com.abrohr.attendance.command.eventlog;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

import javax.sql.DataSource;

/** Asks PostgreSQL. */
final class JdbcEventLog implements EventLog {

    private static final String LAST_SEQUENCE =
            "(SELECT max(s.sequence) FROM event_log s WHERE s.aggregate_id = ?) AS last_sequence";

    private static final String COLUMNS =
            """
            c.global_index, c.event_id, c.aggregate_type, c.aggregate_id, c.sequence, c.recorded_at,
            c.payload_type, c.payload_revision, c.payload, c.metadata, c.fingerprint
            """;

    private static final String COMMAND =
            " c.company_id = ? AND c.employee_id = ? AND c.command_id = ? AND c.command_step = 0";

    private static final String CHECK =
            "SELECT "
                    + LAST_SEQUENCE
                    + ", "
                    + COLUMNS
                    + " FROM (VALUES (1)) AS always (here) LEFT JOIN event_log c ON"
                    + COMMAND;

    private final DataSource dataSource;
    private final Serializer serializer;
    private final EventUpcaster upcasters;

    JdbcEventLog(DataSource dataSource, Serializer serializer, EventUpcaster upcasters) {
        this.dataSource = dataSource;
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    @Override
    public Optional<StoredCommand> findCommand(
            String companyId, String employeeId, String commandId) {
        return query(
                "SELECT " + COLUMNS + " FROM event_log c WHERE" + COMMAND,
                rows -> rows.next() ? Optional.of(command(rows)) : Optional.empty(),
                companyId,
                employeeId,
                commandId);
    }

    @Override
    public long lastSequence(String aggregateId) {
        return query(
                "SELECT " + LAST_SEQUENCE,
                rows -> {
                    rows.next();
                    return lastSequence(rows);
                },
                aggregateId);
    }

    @Override
    public LogCheck check(
            String aggregateId, String companyId, String employeeId, String commandId) {
        return query(
                CHECK,
                rows -> {
                    rows.next();
                    long lastSequence = lastSequence(rows);
                    boolean stored = rows.getString("event_id") != null;
                    return new LogCheck(
                            lastSequence, stored ? Optional.of(command(rows)) : Optional.empty());
                },
                aggregateId,
                companyId,
                employeeId,
                commandId);
    }

    private static long lastSequence(ResultSet row) throws SQLException {
        long sequence = row.getLong("last_sequence");
        return row.wasNull() ? -1 : sequence;
    }

    private StoredCommand command(ResultSet row) throws SQLException {
        DomainEventMessage<?> event =
                EventStreamUtils.upcastAndDeserializeDomainEvents(
                                Stream.of(LoggedEvent.of(row)), serializer, upcasters)
                        .next();
        byte[] fingerprint = row.getBytes("fingerprint");
        return new StoredCommand(
                event,
                fingerprint == null ? null : HexFormat.of().formatHex(fingerprint),
                row.getLong("global_index"));
    }

    private <T> T query(String sql, RowReader<T> reader, String... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return reader.read(rows);
            }
        } catch (SQLException e) {
            throw new LogUnavailable("The event log could not be read", e);
        }
    }

    private interface RowReader<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
