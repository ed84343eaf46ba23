package com.abrohr.attendance.command.eventstore;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.statements.AppendEventsStatementBuilder;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

/**
 * Axon's own way to append, to the same table and columns: one commit per command, indexes from a
 * sequence, gaps while transactions overlap. It shows what the writer is there for; its numbers of
 * a company have gaps as well.
 */
final class StockEventStorageEngine extends LogStorageEngine {

    private static final String UNNESTED =
            """
            unnest(?::uuid[], ?::text[], ?::text[], ?::int8[], ?::text[], ?::int4[], ?::int4[], ?::text[], ?::text[],
                ?::int4[], ?::bytea[], ?::text[], ?::text[], ?::bytea[], ?::bytea[]) WITH ORDINALITY
                AS e (event_id, aggregate_type, aggregate_id, sequence, company_id, company, company_place,
                employee_id, command_id, command_step, fingerprint, payload_type, payload_revision, payload,
                metadata, place)
            """;

    private static final String INSERT =
            """
            insert into event_log (global_index, company_seq, event_id, aggregate_type, aggregate_id, sequence,
                company_id, employee_id, command_id, command_step, fingerprint,
                payload_type, payload_revision, payload, metadata, recorded_at)
            select nextval('event_log_stock_index'), currval('event_log_stock_index'), e.event_id, e.aggregate_type, e.aggregate_id, e.sequence,
                e.company_id, e.employee_id, e.command_id, e.command_step::smallint, e.fingerprint,
                e.payload_type, e.payload_revision, e.payload, e.metadata, clock_timestamp()
            from """
                    + " "
                    + UNNESTED
                    + " order by e.place";

    private final DataSource dataSource;

    StockEventStorageEngine(
            DataSource dataSource,
            Serializer serializer,
            EventUpcaster upcasters,
            EventStoreSettings settings) {
        super(
                reading(dataSource, serializer, upcasters, settings.readBatch())
                        .appendEvents(
                                appending(new AppendFactory(settings.maxAppendSize().toBytes()))));
        this.dataSource = dataSource;
    }

    /** One statement for all events of a command, so that it stores all or none of them. */
    private static AppendEventsStatementBuilder appending(AppendFactory appends) {
        return (connection, schema, dataType, events, serializer, timestamps) ->
                statement(connection, appends.create(events, serializer));
    }

    private static PreparedStatement statement(Connection connection, PendingAppend append)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(INSERT);
        new EventColumns(List.of(append)).bind(connection, statement, 1);
        statement.addBatch();
        return statement;
    }

    /** Brings the sequence past what a group-committing writer has stored before. */
    void alignSequence() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    select setval('event_log_stock_index', newest)
                    from (select max(global_index) as newest from event_log) l, event_log_stock_index s
                    where newest > s.last_value
                       or (newest = s.last_value and not s.is_called)
                    """);
        } catch (SQLException e) {
            throw new LogUnavailable("The sequence of the stock engine is out of reach", e);
        }
    }

    @Override
    protected void handlePersistenceException(Exception failure, EventMessage<?> first) {
        LogConstraint violated = LogConstraint.violatedBy(failure);
        if (violated == LogConstraint.COMMAND) {
            throw new DuplicateCommand();
        }
        if (violated == LogConstraint.SEQUENCE) {
            throw new ConcurrencyException("The aggregate has newer events", failure);
        }
        super.handlePersistenceException(failure, first);
    }
}
