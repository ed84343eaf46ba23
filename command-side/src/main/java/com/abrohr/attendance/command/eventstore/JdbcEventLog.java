package com.abrohr.attendance.command.eventstore;

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
    /** The numbers of a company grow with the steps of a command. */
    private static final String COMMAND =
            "select "
                    + LoggedEvent.COLUMNS
                    + """
                    , fingerprint,
                        (select max(s.company_seq) from event_log s
                         where s.company_id = event_log.company_id and s.employee_id = event_log.employee_id
                           and s.command_id = event_log.command_id) as command_last_seq
                    from event_log
                    where company_id = ? and employee_id = ? and command_id = ? and command_step = 0
                    """;

    private static final String CHECK =
            """
            select n.last_sequence, n.last_seq, c.*
            from (values (1)) as always (here)
            left join (select sequence as last_sequence, company_seq as last_seq from event_log
                       where aggregate_id = ? order by sequence desc limit 1) n on true
            left join ("""
                    + COMMAND
                    + ") c on true";

    private static final String FIRST_OF_TAIL =
            """
            select sequence from event_log where aggregate_id = ? and payload_type = ?
            order by sequence desc offset ?::int limit 1""";

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
                COMMAND,
                rows -> rows.next() ? Optional.of(command(rows)) : Optional.empty(),
                companyId,
                employeeId,
                commandId);
    }

    @Override
    public LogCheck check(
            String aggregateId, String companyId, String employeeId, String commandId) {
        return query(
                CHECK,
                rows -> {
                    rows.next();
                    long lastSequence = rows.getLong("last_sequence");
                    boolean empty = rows.wasNull();
                    boolean stored = rows.getString("event_id") != null;
                    return new LogCheck(
                            empty ? -1 : lastSequence,
                            rows.getLong("last_seq"),
                            stored ? Optional.of(command(rows)) : Optional.empty());
                },
                aggregateId,
                companyId,
                employeeId,
                commandId);
    }

    @Override
    public long firstSequence(String aggregateId, StreamTail tail) {
        return query(
                FIRST_OF_TAIL,
                rows -> rows.next() ? rows.getLong(1) : 0L,
                aggregateId,
                tail.payloadType(),
                Integer.toString(tail.count() - 1));
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
                row.getLong("command_last_seq"));
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
