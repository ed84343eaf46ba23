package com.abrohr.attendance.command.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The events of some appends as one array per column, in the order of append_events. */
final class EventColumns {
    /** The arrays that {@link #bind} binds, as parameters of append_events. */
    static final String PARAMETERS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

    private final List<Cell> cells = new ArrayList<>();

    /** Events by company, in the order in which the companies first occur. */
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    EventColumns(List<PendingAppend> appends) {
        Map<String, Integer> places = new HashMap<>();
        for (PendingAppend append : appends) {
            String company = append.command().companyId();
            int place = places.computeIfAbsent(company, _ -> places.size() + 1);
            for (EventRow row : append.rows()) {
                int placeInCompany = counts.merge(company, 1, Integer::sum);
                cells.add(new Cell(append.command(), row, place, placeInCompany));
            }
        }
    }

    String[] companies() {
        return counts.keySet().toArray(String[]::new);
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
        binder.bind("int4", Integer[]::new, cell -> cell.company);
        binder.bind("int4", Integer[]::new, cell -> cell.companyPlace);
        binder.bind("text", String[]::new, cell -> cell.command.employeeId());
        binder.bind("text", String[]::new, cell -> cell.command.commandId());
        binder.bind("int4", Integer[]::new, cell -> cell.row.commandStep());
        binder.bind("bytea", byte[][]::new, cell -> cell.row.fingerprint());
        binder.bind("text", String[]::new, cell -> cell.row.payloadType());
        binder.bind("text", String[]::new, cell -> cell.row.payloadRevision());
        binder.bind("bytea", byte[][]::new, cell -> cell.row.payload());
        binder.bind("bytea", byte[][]::new, cell -> cell.row.metadata());
    }

    private record Cell(CommandKey command, EventRow row, int company, int companyPlace) {}

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
