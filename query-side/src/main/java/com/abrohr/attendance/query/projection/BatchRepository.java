package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.eventlog.EmployeeKey;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Loads batches and writes them, each in one round trip, on the connection of the token's
 * transaction.
 */
final class BatchRepository {
    static final String LOCK_POSITIONS =
            """
            select company_id, last_seq from company_position
            where company_id = any(?) order by company_id for update""";

    private static final String ADD_POSITIONS =
            """
            insert into company_position (company_id, last_seq)
            select n.company_id, 0 from unnest(?) as n(company_id) order by 1
            on conflict do nothing""";

    static final String MOVE_POSITIONS =
            """
            update company_position p set last_seq = n.last_seq
            from unnest(?, ?) as n(company_id, last_seq) where p.company_id = n.company_id""";

    private final ReadModels models;

    BatchRepository(ReadModels models) {
        this.models = models;
    }

    /** Locks the positions of the events' companies and loads what their employees need. */
    ProjectionBatch load(Connection connection, List<PendingEvent> events) throws SQLException {
        Set<String> companies = new TreeSet<>();
        Set<EmployeeKey> employees = new HashSet<>();
        for (PendingEvent event : events) {
            companies.add(event.companyId());
            if (event.stream() != null) {
                employees.add(event.stream().employee());
            }
        }
        return load(connection, companies, employees);
    }

    ProjectionBatch load(
            Connection connection, Set<String> companies, Collection<EmployeeKey> employees)
            throws SQLException {
        ProjectionBatch batch = models.begin(connection);
        Set<String> missing = new TreeSet<>(companies);
        var pipeline = new Pipeline();
        // First, and as a statement of its own: the rows are read in a snapshot younger than the
        // lock.
        pipeline.query(
                LOCK_POSITIONS,
                companyKeys(companies),
                row -> {
                    missing.remove(row.getString(1));
                    batch.loaded(row.getString(1), row.getLong(2));
                });
        batch.load(employees, pipeline);
        pipeline.execute(connection);
        if (missing.isEmpty()) {
            return batch;
        }
        try (PreparedStatement statement = connection.prepareStatement(ADD_POSITIONS)) {
            companyKeys(missing).bind(connection, statement, 1);
            statement.executeUpdate();
        }
        return load(connection, companies, employees);
    }

    void write(Connection connection, ProjectionBatch batch) throws SQLException {
        var positions = new Columns("text int8");
        batch.movedPositions().forEach(positions::add);
        var pipeline = new Pipeline();
        batch.write(pipeline);
        pipeline.update(MOVE_POSITIONS, positions).execute(connection);
    }

    void truncate(Connection connection) throws SQLException {
        // Readers may have to end first, which takes longer than the pool lets a statement take;
        // the pool sets the limit again when the connection comes back.
        connection.setNetworkTimeout(Runnable::run, 0);
        BoundedTransactionManager.allowLonger(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("truncate company_position, " + String.join(", ", models.tables()));
        }
    }

    /** The live boards of that company load it again once this transaction is committed. */
    void notifyBoards(Connection connection, String companyId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_notify(?, ?)")) {
            statement.setString(1, DeadLetters.CHANNEL);
            statement.setString(2, companyId);
            statement.execute();
        }
    }

    private static Columns companyKeys(Collection<String> companies) {
        var keys = new Columns("text");
        companies.forEach(keys::add);
        return keys;
    }
}
