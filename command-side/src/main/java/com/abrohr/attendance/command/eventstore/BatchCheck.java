package com.abrohr.attendance.command.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Takes the lock and reads from the log what a batch has to be checked against. */
final class BatchCheck {
    /**
     * Each statement has a snapshot of its own (READ COMMITTED): the second and third are younger
     * than the lock and see all that was committed by whoever held it before.
     */
    private static final String LOCK_AND_CHECK =
            "select pg_advisory_xact_lock("
                    + LogSession.LOCK
                    + """
                    );
                    select a.id, coalesce((select max(e.sequence) from event_log e where e.aggregate_id = a.id), -1)
                    from unnest(?::text[]) as a (id);
                    select c.company_id, c.employee_id, c.command_id
                    from unnest(?::text[], ?::text[], ?::text[]) as c (company_id, employee_id, command_id)
                    where (select 1 from event_log e
                           where e.company_id = c.company_id and e.employee_id = c.employee_id
                             and e.command_id = c.command_id limit 1) is not null
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

    /** The streams that it appends to, and the one that it was decided on besides. */
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
