package com.abrohr.attendance.query.projection;

import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the projection writes, in this order.
 *
 * @param employees says of each employee how far they are
 */
public record ReadModels(EmployeeReadModel employees, List<ReadModel> others) {
    public ReadModels {
        others = List.copyOf(others);
    }

    /** The names of all tables. */
    List<String> tables() {
        return Stream.concat(Stream.of(employees), others.stream())
                .flatMap(model -> model.tables().stream())
                .toList();
    }

    ProjectionBatch begin(Connection connection) {
        return new ProjectionBatch(
                employees.begin(connection),
                others.stream().map(model -> model.begin(connection)).toList());
    }
}
