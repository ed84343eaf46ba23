package com.abrohr.attendance.command.eventstore;

import static com.abrohr.attendance.command.eventstore.Punches.punch;
import static com.abrohr.attendance.command.eventstore.Punches.punches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

@Timeout(60)
class StockEngineIT {

    private static final String ROW =
            """
            select concat_ws('|', global_index, aggregate_type, aggregate_id, sequence, company_id, employee_id,
                command_id, command_step, fingerprint, payload_type, payload, metadata)
            from events order by global_index desc limit 1
            """;

    private LogDatabase database;
    private StockEventStorageEngine stock;

    @BeforeEach
    void open() {
        database = new LogDatabase();
        stock =
                new StockEventStorageEngine(
                        database.dataSource(),
                        LogDatabase.serializer(),
                        NoOpEventUpcaster.INSTANCE,
                        EventStoreSettings.defaults());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void itFillsTheSameColumnsAsTheGroupCommittingWriter() {
        stock.appendEvents(List.of(punch("e", "c", 0)));
        String byStock = database.text(ROW);
        database.close();
        database = new LogDatabase();
        database.node().engine.appendEvents(List.of(punch("e", "c", 0)));

        assertThat(byStock).isEqualTo(database.text(ROW)).contains(Punches.FINGERPRINT);
    }

    @Test
    void itTellsRepeatsFromRacesLikeTheWriter() {
        stock.appendEvents(punches("e", "c", 0, 2));

        assertThatThrownBy(() -> stock.appendEvents(punches("e", "c", 2, 2)))
                .isInstanceOf(DuplicateCommand.class);
        assertThatThrownBy(() -> stock.appendEvents(punches("e", "other", 1, 2)))
                .isInstanceOf(ConcurrencyException.class);
        assertThat(database.number("select count(*) from event_log")).isEqualTo(2);
    }

    @Test
    void eitherEngineContinuesBehindTheOther() {
        stock.appendEvents(punches("e", "c0", 0, 3));
        LogNode node = database.node();
        node.engine.appendEvents(punches("e", "c1", 3, 3));
        stock.alignSequence();
        stock.appendEvents(punches("e", "c2", 6, 3));

        assertThat(
                        database.text(
                                "select string_agg(global_index::text, ' ' order by sequence) from event_log"))
                .isEqualTo("1 2 3 4 5 6 7 8 9");
    }

    /** Why the group-committing writer exists. */
    @Test
    void aReaderWhoseClockIsAheadNeverSeesWhatCommitsLate() throws Exception {
        Clock original = GenericEventMessage.clock;
        GenericEventMessage.clock = Clock.offset(original, Duration.ofSeconds(61));
        try (Connection late = database.dataSource().getConnection();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            // an index is taken, and its transaction is slow
            statement.execute("select nextval('event_log_stock_index')");
            stock.appendEvents(List.of(punch("e2", "c", 0)));
            TrackedEventMessage<?> seen = stock.readEvents(null, false).findFirst().orElseThrow();
            assertThat(seen.trackingToken().position()).hasValue(2);

            statement.execute(
                    "INSERT INTO event_log SELECT 1, 1, 0, recorded_at, gen_random_uuid(), 0, aggregate_type,"
                            + " 'late', company_id, 'late', 'late', null, payload_type, payload_revision,"
                            + " payload, metadata from event_log");
            late.commit();
            late.setAutoCommit(true);

            assertThat(database.number("select count(*) from event_log")).isEqualTo(2);
            assertThat(stock.readEvents(seen.trackingToken(), false).toList()).isEmpty();
        } finally {
            GenericEventMessage.clock = original;
        }
    }
}
