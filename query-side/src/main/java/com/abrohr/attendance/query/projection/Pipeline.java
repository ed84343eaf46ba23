package com.abrohr.attendance.query.projection;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements that go to the database together, in one round trip. */
public final class Pipeline {
    private record Statement(String sql, Columns parameters, @Nullable RowCallbackHandler rows) {}

    private final List<Statement> statements = new ArrayList<>();

    /**
     * Adds a query.
     *
     * @param rows called for each row found
     */
    public Pipeline query(String sql, Columns parameters, RowCallbackHandler rows) {
        statements.add(new Statement(sql, parameters, rows));
        return this;
    }

    /**
     * Adds a change, if there are rows.
     *
     * @param sql that changes one row for each of the rows
     */
    public Pipeline update(String sql, Columns rows) {
        if (!rows.isEmpty()) {
            statements.add(new Statement(sql, rows, null));
        }
        return this;
    }

    /**
     * @throws IllegalStateException when a change did not find all of its rows
     */
    void execute(Connection connection) throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        String sql = String.join(";\n", statements.stream().map(Statement::sql).toList());
        try (PreparedStatement all = connection.prepareStatement(sql)) {
            int next = 1;
            for (Statement statement : statements) {
                next = statement.parameters().bind(connection, all, next);
            }
            all.execute();
            for (Statement statement : statements) {
                readResult(all, statement);
                all.getMoreResults();
            }
        }
    }

    private static void readResult(PreparedStatement all, Statement statement) throws SQLException {
        if (statement.rows() == null) {
            int expected = statement.parameters().size();
            if (all.getUpdateCount() != expected) {
                throw new IllegalStateException(
                        "%d of %d rows found by: %s"
                                .formatted(
                                        all.getUpdateCount(),
                                        expected,
                                        statement.sql().lines().findFirst().orElse("")));
            }
            return;
        }
        try (ResultSet rows = all.getResultSet()) {
            while (rows.next()) {
                statement.rows().processRow(rows);
            }
        }
    }
}
