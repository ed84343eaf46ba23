package com.abrohr.attendance.query.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements that go to the database together, in one round trip; each must change every row. */
final class Pipeline {

    private final List<String> statements = new ArrayList<>();
    private final List<Columns> parameters = new ArrayList<>();

    /** A statement without rows is left out. */
    Pipeline add(String sql, Columns rows) {
        if (!rows.isEmpty()) {
            statements.add(sql);
            parameters.add(rows);
        }
        return this;
    }

    /**
     * @throws InapplicableEvent when a statement did not find all of its rows
     */
    void execute(Connection connection) throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        try (PreparedStatement all = connection.prepareStatement(String.join(";\n", statements))) {
            int next = 1;
            for (Columns rows : parameters) {
                next = rows.bind(connection, all, next);
            }
            all.execute();
            for (int i = 0; i < statements.size(); i++) {
                if (all.getUpdateCount() != parameters.get(i).size()) {
                    throw new InapplicableEvent(
                            "%d of %d rows found by: %s"
                                    .formatted(
                                            all.getUpdateCount(),
                                            parameters.get(i).size(),
                                            statements.get(i).lines().findFirst().orElse("")));
                }
                all.getMoreResults();
            }
        }
    }
}
