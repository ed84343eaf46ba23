package com.abrohr.attendance.command.eventstore;

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
    private static final String SELECT = "select " + LoggedEvent.COLUMNS + " from event_log ";

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
                                + "where aggregate_id = ? and sequence >= ? and sequence < ?"
                                + " order by sequence");
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
                                + "where global_index > ? and global_index <= ?"
                                + " order by global_index");
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
                                + "where (global_index > ? and global_index <= ?)"
                                + " or global_index = any (?) order by global_index");
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
                        "select min(global_index) - 1 from event_log where recorded_at >= ?");
        statement.setObject(1, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
        return statement;
    }
}
