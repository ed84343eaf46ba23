package com.abrohr.attendance.command.eventstore;

import static com.abrohr.attendance.command.eventstore.Punches.event;
import static com.abrohr.attendance.command.eventstore.Punches.punch;
import static com.abrohr.attendance.command.eventstore.Punches.punches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.attendance.PunchedIn;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class AppendIT {

    private LogDatabase database;
    private LogNode node;

    @BeforeEach
    void oneNode() {
        database = new LogDatabase();
        node = database.node();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anAppendThatTheDatabaseRefusesFailsAlone() throws Exception {
        // too long for the index, which only the database can tell
        StringBuilder endless = new StringBuilder();
        new Random(7).ints(9_000, 'a', 'z').forEach(c -> endless.append((char) c));
        int good = 40;
        List<Future<?>> outcomes = new ArrayList<>();
        // holding the lock makes all of them one batch
        CountDownLatch queued = new CountDownLatch(good + 1);
        Future<?> bad;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement()
                    .execute("select pg_advisory_xact_lock(" + LogSession.LOCK + ")");
            for (int i = 0; i < good; i++) {
                var events = punches("e" + i, "c", 0, 2);
                outcomes.add(
                        threads.submit(
                                () -> {
                                    queued.countDown();
                                    node.engine.appendEvents(events);
                                }));
            }
            bad =
                    threads.submit(
                            () -> {
                                queued.countDown();
                                node.engine.appendEvents(
                                        List.of(event(endless.toString(), "x", "c", 0, null)));
                            });
            queued.await();
            other.rollback();
            for (Future<?> outcome : outcomes) {
                outcome.get();
            }
            assertThatThrownBy(bad::get).hasCauseInstanceOf(AppendRejected.class);
        }
        assertThat(database.text("select count(*) || '/' || max(global_index) from event_log"))
                .isEqualTo("80/80");
    }

    @Test
    void anAppendIsOneStatementWithoutACommitOfItsOwn() {
        AtomicInteger appends = new AtomicInteger();
        AtomicInteger commits = new AtomicInteger();
        LogNode counted =
                database.node(
                        EventStoreSettings.defaults(),
                        LossyConnections.of(
                                database::open,
                                (_, append) ->
                                        (append == null ? commits : appends).incrementAndGet()));
        for (int i = 0; i < 10; i++) {
            counted.engine.appendEvents(punches("e", "c" + i, 2 * i, 2));
        }
        assertThat(appends).hasValue(10);
        assertThat(commits).hasValue(0);
        assertThat(database.number("select max(company_seq) from event_log")).isEqualTo(20);
    }

    @Test
    void anAppendFailsAloneWhereAnotherStreamHasGrownThatItWasDecidedOn() throws Exception {
        node.engine.appendEvents(List.of(punch("decidedOn", "c0", 0)));
        StreamVersion known = new StreamVersion(Punches.clock("decidedOn"), 0);
        node.engine.appendEvents(List.of(punch("e", "c0", 0).andMetaData(unless(known))));
        node.engine.appendEvents(List.of(punch("decidedOn", "c1", 1)));
        List<Future<?>> mates = new ArrayList<>();
        Future<?> stale;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement()
                    .execute("select pg_advisory_xact_lock(" + LogSession.LOCK + ")");
            stale =
                    threads.submit(
                            () ->
                                    node.engine.appendEvents(
                                            List.of(
                                                    punch("e", "c1", 1)
                                                            .andMetaData(unless(known)))));
            for (int i = 0; i < 5; i++) {
                var events = punches("mate" + i, "c", 0, 2);
                mates.add(threads.submit(() -> node.engine.appendEvents(events)));
            }
            other.rollback();
            for (Future<?> mate : mates) {
                mate.get();
            }
            assertThatThrownBy(stale::get).hasCauseInstanceOf(ConcurrencyException.class);
        }
        StreamVersion newest = new StreamVersion(Punches.clock("decidedOn"), 1);
        node.engine.appendEvents(List.of(punch("e", "c1", 1).andMetaData(unless(newest))));
        assertThat(database.text("select count(*) || '/' || max(global_index) from event_log"))
                .isEqualTo("14/14");
        assertThat(database.text("select convert_from(metadata, 'UTF8') from event_log limit 1"))
                .doesNotContain(AppendMetadata.UNCHANGED);
    }

    private static Map<String, StreamVersion> unless(StreamVersion changed) {
        return Map.of(AppendMetadata.UNCHANGED, changed);
    }

    @Test
    void whatTheDatabaseRefusesLeavesNoLockAndNoTrace() {
        node.engine.appendEvents(List.of(punch("e", "c0", 0)));
        String head = "select last_index || ' ' || last_recorded_at from event_log_head";
        String before = database.text(head);
        assertThatThrownBy(() -> node.engine.appendEvents(List.of(punch("e", "c0", 1))))
                .isInstanceOf(DuplicateCommand.class);
        assertThatThrownBy(() -> node.engine.appendEvents(List.of(punch("e", "c1", 5))))
                .isInstanceOf(ConcurrencyException.class);

        assertThat(database.text(head)).isEqualTo(before);
        assertThat(database.number("select count(*) from pg_locks where locktype = 'advisory'"))
                .isZero();
    }

    @Test
    void nulAndLoneSurrogatesAndTooManyBytesAreTurnedAwayBeforeTheBatch() {
        assertThatThrownBy(() -> node.engine.appendEvents(List.of(punch("e", "c\0", 0))))
                .isInstanceOf(AppendRejected.class);
        assertThatThrownBy(() -> node.engine.appendEvents(List.of(punch("e", "c\ud800", 0))))
                .isInstanceOf(AppendRejected.class);
        assertThatThrownBy(() -> node.engine.appendEvents(List.of(punch("e", "c", 0, "geo:\0"))))
                .isInstanceOf(AppendRejected.class);
        assertThatThrownBy(
                        () ->
                                node.engine.appendEvents(
                                        List.of(punch("e", "c", 0, "x".repeat(1_100_000)))))
                .isInstanceOf(AppendRejected.class);
        node.engine.appendEvents(List.of(punch("e", "c", 0, "a backslash and \\u0000 in text")));

        assertThat(database.text("select payload ->> 'location' from events"))
                .isEqualTo("a backslash and \\u0000 in text");
    }

    @Test
    void anEventOfAnotherCompanyThanItsMetadataSaysIsTurnedAway() {
        DomainEventMessage<?> forged =
                punch("e", "c", 0).andMetaData(java.util.Map.of("companyId", "other"));

        assertThatThrownBy(() -> node.engine.appendEvents(List.of(forged)))
                .isInstanceOf(AppendRejected.class);
    }

    @Test
    void theTimestampReadBackIsWhenTheDatabaseKeptIt() {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(new GenericMessage<>("command"));
        node.engine.appendEvents(punches("e", "c", 0, 2));
        StoredAt at = StoredAt.in(unitOfWork).orElseThrow();
        unitOfWork.rollback();

        Instant kept =
                OffsetDateTime.parse(
                                database.text(
                                        "select to_char(recorded_at at time zone 'UTC',"
                                                + " 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ') from event_log limit 1"))
                        .toInstant();
        DomainEventMessage<?> read = node.engine.readEvents(Punches.clock("e"), 0).next();
        assertThat(read.getTimestamp()).isEqualTo(kept).isEqualTo(at.recordedAt());
        assertThat(at.firstIndex()).isEqualTo(1);
        assertThat(read.getPayload()).isInstanceOf(PunchedIn.class);
    }

    @Test
    void theFingerprintIsAColumnOfTheFirstEventAndNoMetadata() {
        node.engine.appendEvents(punches("e", "c", 0, 2));

        assertThat(
                        database.text(
                                "select string_agg(coalesce(fingerprint, '-'), ' ' order by global_index) from events"))
                .isEqualTo(Punches.FINGERPRINT + " -");
        assertThat(
                        database.text(
                                "select string_agg(command_step::text, ' ' order by global_index) from events"))
                .isEqualTo("0 1");
        assertThat(database.number("select count(*) from events where metadata ? 'fingerprint'"))
                .isZero();
        StoredCommand stored = node.log.findCommand("acme", "e", "c").orElseThrow();
        assertThat(stored.fingerprint()).isEqualTo(Punches.FINGERPRINT);
        assertThat(stored.firstEvent().getSequenceNumber()).isZero();
        assertThat(stored.firstEvent().getMetaData()).containsEntry("commandId", "c");
    }

    @Test
    void theLogAnswersForAggregateAndCommandInOneQuery() {
        node.engine.appendEvents(punches("e", "c", 0, 3));

        LogCheck known = node.log.check(Punches.clock("e"), "acme", "e", "c");
        assertThat(known.lastSequence()).isEqualTo(2);
        assertThat(known.command()).isPresent();
        LogCheck unknown = node.log.check(Punches.clock("x"), "acme", "e", "other");
        assertThat(unknown.lastSequence()).isEqualTo(-1);
        assertThat(unknown.command()).isEmpty();
        assertThat(node.log.findCommand("other", "e", "c")).isEmpty();
    }

    @Test
    void aColdAggregateIsLoadedByOneQuery() {
        node.engine.appendEvents(punches("e", "c", 0, 3));
        AtomicInteger connections = new AtomicInteger();
        DelegatingDataSource counting =
                new DelegatingDataSource(database.dataSource()) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        connections.incrementAndGet();
                        return super.getConnection();
                    }
                };
        var engine =
                new GroupCommitEventStorageEngine(
                        counting,
                        LogDatabase.serializer(),
                        NoOpEventUpcaster.INSTANCE,
                        EventStoreSettings.defaults(),
                        node.writer);
        assertThat(engine.readSnapshot(Punches.clock("e"))).isEmpty();
        assertThat(engine.readEvents(Punches.clock("e")).asStream().count()).isEqualTo(3);
        assertThat(connections).hasValue(1);
    }

    @Test
    void anUnknownTypeReachesProjectionsButNoAggregateIsBuiltWithoutIt() {
        node.engine.appendEvents(punches("e", "c", 0, 2));
        database.execute("update event_log set payload_type = 'FromTheFuture' where sequence = 1");

        assertThat(node.engine.readEvents(null, false).map(e -> e.getPayloadType()).toList().get(1))
                .isEqualTo(UnknownSerializedType.class);
        assertThatThrownBy(() -> node.engine.readEvents(Punches.clock("e")).asStream().toList())
                .isInstanceOf(EventStoreException.class);
    }

    @Test
    void theStreamRoleAppendsAndReadsButChangesNothing() throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set role attendance_stream");
            try {
                for (String forbidden :
                        List.of(
                                "update event_log set metadata = ''",
                                "delete from event_log",
                                "truncate event_log",
                                "delete from event_log_head",
                                "delete from subject_key")) {
                    assertThatThrownBy(() -> statement.execute(forbidden))
                            .hasMessageContaining("permission denied");
                }
            } finally {
                statement.execute("RESET ROLE");
            }
        }
        LogNode asStreamRole =
                database.node(
                        EventStoreSettings.defaults(),
                        properties -> {
                            Connection connection = database.open(properties);
                            connection.createStatement().execute("set role attendance_stream");
                            return connection;
                        });
        asStreamRole.engine.appendEvents(List.of(punch("e", "c", 0)));
        assertThat(database.number("select count(*) from events")).isEqualTo(1);
    }

    @Test
    void aFullQueueTurnsAwayAtOnceAndStoresNothing() throws Exception {
        EventStoreSettings d = EventStoreSettings.defaults();
        EventStoreSettings small =
                new EventStoreSettings(
                        d.appendTimeout(),
                        2,
                        d.queueSize(),
                        1,
                        d.batchSize(),
                        d.maxAppendSize(),
                        d.readBatch(),
                        d.committedSize(),
                        d.fallbackPoll());
        LogNode narrow = database.node(small, database::open);
        int senders = 20;
        int turnedAway = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement()
                    .execute("select pg_advisory_xact_lock(" + LogSession.LOCK + ")");
            List<Future<?>> outcomes = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                var events = List.of(punch("e" + i, "c", 0));
                outcomes.add(threads.submit(() -> narrow.engine.appendEvents(events)));
            }
            // at most one in the writer's hands and two in the queue
            await().until(
                            () -> outcomes.stream().filter(Future::isDone).count(),
                            done -> done >= senders - 3);
            other.rollback();
            for (Future<?> outcome : outcomes) {
                try {
                    outcome.get();
                } catch (java.util.concurrent.ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(LogUnavailable.class);
                    turnedAway++;
                }
            }
        }
        assertThat(turnedAway).isGreaterThanOrEqualTo(senders - 3);
        assertThat(database.number("select count(*) from event_log"))
                .isEqualTo(senders - turnedAway);
    }
}
