package com.abrohr.attendance.command.eventlog;

import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** What the log is read by: Axon's own statements leave out the company's number. */
final class LogStatements {

    private static final String SELECT = "SELECT " + LoggedEvent.COLUMNS + " FROM event_log ";

    private LogStatements() {}

    static PreparedStatement ofAggregate(
            Connection connection,
            EventSchema schema,
            String aggregateId,
            long firstSequence,
            int batchSize)
            throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(
                        SELECT
                                + "WHERE aggregate_id = ? AND sequence >= ? AND sequence < ?"
                                + " ORDER BY sequence");
        statement.setString(1, aggregateId);
        statement.setLong(2, firstSequence);
        statement.setLong(3, firstSequence + batchSize);
        return statement;
    }

    static PreparedStatement after(
            Connection connection, EventSchema schema, long globalIndex, int batchSize)
            throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(
                        SELECT
                                + "WHERE global_index > ? AND global_index <= ?"
                                + " ORDER BY global_index");
        statement.setLong(1, globalIndex);
        statement.setLong(2, globalIndex + batchSize);
        return statement;
    }

    static PreparedStatement afterOrIn(
            Connection connection,
            EventSchema schema,
            long globalIndex,
            int batchSize,
            List<Long> gaps)
            throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(
                        SELECT
                                + "WHERE (global_index > ? AND global_index <= ?)"
                                + " OR global_index = ANY (?) ORDER BY global_index");
        Array indexes = connection.createArrayOf("int8", gaps.toArray());
        statement.setLong(1, globalIndex);
        statement.setLong(2, globalIndex + batchSize);
        statement.setArray(3, indexes);
        return statement;
    }

    static PreparedStatement tokenAt(Connection connection, EventSchema schema, Instant instant)
            throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT min(global_index) - 1 FROM event_log WHERE recorded_at >= ?");
        statement.setObject(1, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
        return statement;
    }
}
