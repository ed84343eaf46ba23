package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.board.LiveBoardChannel;
import com.abrohr.attendance.query.board.PresenceRow;
import com.abrohr.attendance.query.board.StreamId.EmployeeKey;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tables of the read models: read by the rows that a batch touches, written with one statement
 * per table. Runs on the connection of the token's transaction.
 */
final class ReadModelTables {

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

    /** Locks the positions of the events' companies and reads the rows of their employees. */
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
        var batch =
                new ProjectionBatch(
                        (employee, leaveId) -> LeaveTable.find(connection, employee, leaveId));
        Columns positions = companyKeys(companies);
        Columns facts = PresenceTable.keys(employees);
        Set<String> missing = new TreeSet<>(companies);
        // Two statements, so that the rows are read in a snapshot younger than the lock.
        try (PreparedStatement statement =
                connection.prepareStatement(LOCK_POSITIONS + ";\n" + PresenceTable.SELECT)) {
            facts.bind(connection, statement, positions.bind(connection, statement, 1));
            statement.execute();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    missing.remove(rows.getString(1));
                    batch.loaded(rows.getString(1), rows.getLong(2));
                }
            }
            statement.getMoreResults();
            if (missing.isEmpty()) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        batch.loaded(PresenceRow.facts(rows, rows.getRow()));
                    }
                }
                return batch;
            }
        }
        Columns added = companyKeys(missing);
        try (PreparedStatement statement = connection.prepareStatement(ADD_POSITIONS)) {
            added.bind(connection, statement, 1);
            statement.executeUpdate();
        }
        return load(connection, companies, employees);
    }

    void write(Connection connection, ProjectionBatch batch) throws SQLException {
        RowChanges rows = batch.rows();
        var positions = new Columns("text", "int8");
        batch.movedPositions().forEach(positions::add);
        new Pipeline()
                .add(PresenceTable.UPSERT, PresenceTable.rows(batch.changedFacts()))
                .add(PunchTable.INSERT, PunchTable.rows(rows.punches()))
                .add(WorkSessionTable.INSERT, WorkSessionTable.begun(rows.sessionsBegun()))
                .add(WorkSessionTable.END, WorkSessionTable.ended(rows.sessionsEnded()))
                .add(WorkSessionTable.CORRECT, WorkSessionTable.corrected(rows.sessionsCorrected()))
                .add(LeaveTable.INSERT, LeaveTable.asked(rows.leaveAsked()))
                .add(LeaveTable.DECIDE, LeaveTable.decided(rows.leaveDecided()))
                .add(MOVE_POSITIONS, positions)
                .execute(connection);
    }

    /** The live boards of that company read it again once this transaction is committed. */
    void notifyBoards(Connection connection, String companyId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_notify(?, ?)")) {
            statement.setString(1, LiveBoardChannel.NAME);
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
