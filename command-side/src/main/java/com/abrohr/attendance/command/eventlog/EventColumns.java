package com.abrohr.attendance.command.eventlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The events of some appends as one array per column, in the order of {@link #UNNESTED}. */
final class EventColumns {

    /** Thirteen array parameters as rows; {@code place} counts them from 1. */
    static final String UNNESTED =
            """
            unnest(?::uuid[], ?::text[], ?::text[], ?::int8[], ?::text[], ?::text[], ?::text[],
                ?::int4[], ?::bytea[], ?::text[], ?::text[], ?::bytea[], ?::bytea[]) WITH ORDINALITY
                AS e (event_id, aggregate_type, aggregate_id, sequence, company_id, employee_id, command_id,
                command_step, fingerprint, payload_type, payload_revision, payload, metadata, place)
            """;

    private final List<Cell> cells;

    EventColumns(List<PendingAppend> appends) {
        cells =
                appends.stream()
                        .flatMap(
                                append ->
                                        append.rows().stream()
                                                .map(row -> new Cell(append.command(), row)))
                        .toList();
    }

    int count() {
        return cells.size();
    }

    void bind(Connection connection, PreparedStatement statement, int firstParameter)
            throws SQLException {
        Binder binder = new Binder(connection, statement, firstParameter);
        binder.bind("uuid", Object[]::new, cell -> cell.row.eventId());
        binder.bind("text", String[]::new, cell -> cell.row.aggregateType());
        binder.bind("text", String[]::new, cell -> cell.row.aggregateId());
        binder.bind("int8", Long[]::new, cell -> cell.row.sequence());
        binder.bind("text", String[]::new, cell -> cell.command.companyId());
        binder.bind("text", String[]::new, cell -> cell.command.employeeId());
        binder.bind("text", String[]::new, cell -> cell.command.commandId());
        binder.bind("int4", Integer[]::new, cell -> cell.row.commandStep());
        binder.bind("bytea", byte[][]::new, cell -> cell.row.fingerprint());
        binder.bind("text", String[]::new, cell -> cell.row.payloadType());
        binder.bind("text", String[]::new, cell -> cell.row.payloadRevision());
        binder.bind("bytea", byte[][]::new, cell -> cell.row.payload());
        binder.bind("bytea", byte[][]::new, cell -> cell.row.metadata());
    }

    private record Cell(CommandKey command, EventRow row) {}

    private final class Binder {

        private final Connection connection;
        private final PreparedStatement statement;
        private int parameter;

        Binder(Connection connection, PreparedStatement statement, int firstParameter) {
            this.connection = connection;
            this.statement = statement;
            this.parameter = firstParameter;
        }

        void bind(String type, IntFunction<Object[]> array, Function<Cell, Object> column)
                throws SQLException {
            Object[] values = cells.stream().map(column).toArray(array);
            statement.setArray(parameter, connection.createArrayOf(type, values));
            parameter++;
        }
    }
}
