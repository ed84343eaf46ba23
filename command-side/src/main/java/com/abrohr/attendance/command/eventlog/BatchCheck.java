package com.abrohr.attendance.command.eventlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Takes the lock and asks the log what a batch has to be decided on. */
final class BatchCheck {

    /**
     * Each statement has a snapshot of its own (READ COMMITTED): the second and third are younger
     * than the lock and see all that was committed by whoever held it before.
     */
    private static final String LOCK_AND_CHECK =
            "SELECT pg_advisory_xact_lock("
                    + LogSession.LOCK
                    + """
                    );
                    SELECT a.id, coalesce((SELECT max(e.sequence) FROM event_log e WHERE e.aggregate_id = a.id), -1)
                    FROM unnest(?::text[]) AS a (id);
                    SELECT c.company_id, c.employee_id, c.command_id
                    FROM unnest(?::text[], ?::text[], ?::text[]) AS c (company_id, employee_id, command_id)
                    WHERE (SELECT 1 FROM event_log e
                           WHERE e.company_id = c.company_id AND e.employee_id = c.employee_id
                             AND e.command_id = c.command_id LIMIT 1) IS NOT NULL
                    """;

    private BatchCheck() {}

    /**
     * @param connection in a transaction, which holds the lock afterwards
     */
    static BatchDecision decide(Connection connection, List<PendingAppend> batch)
            throws SQLException {
        String[] aggregates =
                batch.stream().flatMap(BatchCheck::streams).distinct().toArray(String[]::new);
        List<CommandKey> commands = batch.stream().map(PendingAppend::command).distinct().toList();
        BatchDecision decision = new BatchDecision();
        try (PreparedStatement statement = connection.prepareStatement(LOCK_AND_CHECK)) {
            statement.setArray(1, connection.createArrayOf("text", aggregates));
            bind(connection, statement, 2, commands, CommandKey::companyId);
            bind(connection, statement, 3, commands, CommandKey::employeeId);
            bind(connection, statement, 4, commands, CommandKey::commandId);
            statement.execute();
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    decision.newest(rows.getString(1), rows.getLong(2));
                }
            }
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    decision.known(
                            new CommandKey(
                                    rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
        batch.forEach(decision::decide);
        return decision;
    }

    /** Those that it appends to, and the one that it was decided on besides. */
    private static Stream<String> streams(PendingAppend append) {
        Stream<String> own = append.rows().stream().map(EventRow::aggregateId);
        StreamVersion unchanged = append.unchanged();
        return unchanged == null ? own : Stream.concat(own, Stream.of(unchanged.streamId()));
    }

    private static void bind(
            Connection connection,
            PreparedStatement statement,
            int parameter,
            List<CommandKey> commands,
            Function<CommandKey, String> part)
            throws SQLException {
        Object[] values = commands.stream().map(part).toArray(String[]::new);
        statement.setArray(parameter, connection.createArrayOf("text", values));
    }
}
