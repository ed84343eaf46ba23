package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.eventlog.EmployeeKey;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Rows turned into one array parameter per column, for {@code unnest(?, ?, …)}: one statement for
 * any number of rows, always with the same text.
 */
public final class Columns {
    private final String[] types;
    private final List<List<@Nullable Object>> values = new ArrayList<>();

    /**
     * @param types PostgreSQL's names of the element types, separated by spaces, in the order of
     *     the parameters
     */
    public Columns(String types) {
        this.types = types.split(" ");
        for (String _ : this.types) {
            values.add(new ArrayList<>());
        }
    }

    /**
     * @param row booleans, numbers and text as they are; everything else in its text form
     */
    public void add(@Nullable Object... row) {
        for (int i = 0; i < types.length; i++) {
            Object value = row[i];
            values.get(i)
                    .add(
                            value == null || value instanceof Number || value instanceof Boolean
                                    ? value
                                    : value.toString());
        }
    }

    /** Of companies and employees, as {@link #selectByEmployee} takes them. */
    public static Columns keys(Collection<EmployeeKey> employees) {
        var keys = new Columns("text text");
        employees.forEach(key -> keys.add(key.companyId(), key.employeeId()));
        return keys;
    }

    /**
     * A select of at most one row per employee, by {@link #keys}: one look at the primary key each,
     * whatever the planner thinks of the table.
     *
     * @param select of a table with the columns company_id and employee_id, without conditions
     */
    public static String selectByEmployee(String select) {
        return """
        select r.* from unnest(?, ?) as k(company_id, employee_id)
        cross join lateral (
            %s
            where company_id = k.company_id and employee_id = k.employee_id limit 1) r"""
                .formatted(select);
    }

    public int size() {
        return values.getFirst().size();
    }

    boolean isEmpty() {
        return values.getFirst().isEmpty();
    }

    /** Sets the parameters from this one on, and answers the next. */
    int bind(Connection connection, PreparedStatement statement, int first) throws SQLException {
        for (int i = 0; i < types.length; i++) {
            statement.setArray(first + i, connection.createArrayOf(types[i], array(i)));
        }
        return first + types.length;
    }

    /** Of the exact element type, which the driver sends in binary where it can. */
    private @Nullable Object[] array(int column) {
        List<@Nullable Object> list = values.get(column);
        return switch (types[column]) {
            case "int8" -> list.toArray(Long[]::new);
            case "float8" -> list.toArray(Double[]::new);
            case "bool" -> list.toArray(Boolean[]::new);
            default -> list.toArray(String[]::new);
        };
    }
}
