package com.abrohr.attendance.query.board;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows turned into one array parameter per column, for {@code unnest(?, ?, …)}: one statement for
 * any number of rows, always with the same text.
 */
final class Columns {

    private final String[] types;
    private final List<List<@Nullable Object>> values = new ArrayList<>();

    /**
     * @param types PostgreSQL's names of the element types, in the order of the parameters
     */
    Columns(String... types) {
        this.types = types;
        for (int i = 0; i < types.length; i++) {
            values.add(new ArrayList<>());
        }
    }

    /**
     * @param row booleans, numbers and text as they are; everything else in its text form
     */
    void add(@Nullable Object... row) {
        for (int i = 0; i < types.length; i++) {
            Object value = row[i];
            values.get(i)
                    .add(
                            value == null || value instanceof Number || value instanceof Boolean
                                    ? value
                                    : value.toString());
        }
    }

    boolean isEmpty() {
        return values.getFirst().isEmpty();
    }

    int executeUpdate(Connection connection, String sql) throws SQLException {
        if (isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement);
            return statement.executeUpdate();
        }
    }

    void bind(Connection connection, PreparedStatement statement) throws SQLException {
        for (int i = 0; i < types.length; i++) {
            statement.setArray(i + 1, connection.createArrayOf(types[i], values.get(i).toArray()));
        }
    }
}
