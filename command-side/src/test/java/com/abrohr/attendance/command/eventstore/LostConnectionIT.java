package com.abrohr.attendance.command.eventstore;

import static com.abrohr.attendance.command.eventstore.Punches.punch;
import static com.abrohr.attendance.command.eventstore.Punches.punches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.identity.MetadataKeys;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

@Timeout(60)
class LostConnectionIT {

    private LogDatabase database;

    @BeforeEach
    void open() {
        database = new LogDatabase();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void noAcknowledgedEventIsLostOrDoubledWhenTheWritersConnectionIsKilledUnderLoad() {
        LogNode node = database.node();
        int kills = 12;
        AtomicBoolean running = new AtomicBoolean(true);
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Set<String> unknown = ConcurrentHashMap.newKeySet();
        Set<String> notStored = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int w = 0; w < 32; w++) {
                int writer = w;
                threads.submit(
                        () -> {
                            for (int c = 0; running.get(); c++) {
                                String employee = "e" + writer + "-" + c;
                                try {
                                    node.engine.appendEvents(punches(employee, "c", 0, 2));
                                    acknowledged.add(employee);
                                } catch (AppendOutcomeUnknown e) {
                                    unknown.add(employee);
                                } catch (LogUnavailable e) {
                                    notStored.add(employee);
                                }
                            }
                        });
            }
            try {
                for (int kill = 0; kill < kills; kill++) {
                    int before = acknowledged.size();
                    await().until(() -> acknowledged.size() > before + 60);
                    await().until(() -> database.kill(WriterConnection.APPLICATION_NAME) > 0);
                }
            } finally {
                running.set(false);
            }
        }
        Set<String> stored =
                Set.of(
                        database.text("select string_agg(distinct employee_id, ',') from event_log")
                                .split(","));
        assertThat(stored).containsAll(acknowledged);
        assertThat(notStored).noneMatch(stored::contains);
        Set<String> sent = new HashSet<>(acknowledged);
        sent.addAll(unknown);
        assertThat(sent).containsAll(stored);
        assertThat(database.number("select count(*) from event_log"))
                .isEqualTo(stored.size() * 2L)
                .isEqualTo(database.number("select max(global_index) from event_log"));
    }

    @Test
    void aCommitWhoseReplyIsLostIsLookedUpAndAcknowledgedOnce() {
        AtomicInteger losses = new AtomicInteger(3);
        LogNode node = database.node(EventStoreSettings.defaults(), losing(losses, true));

        for (int i = 0; i < 5; i++) {
            node.engine.appendEvents(List.of(punch("e", "c" + i, i)));
        }
        assertThat(losses.get()).isNotPositive();
        assertThat(database.text("select count(*) || '/' || max(global_index) from event_log"))
                .isEqualTo("5/5");
    }

    @Test
    void aCommitThatNeverArrivedIsDoneAgainOnce() {
        AtomicInteger losses = new AtomicInteger(3);
        LogNode node = database.node(EventStoreSettings.defaults(), losing(losses, false));

        for (int i = 0; i < 5; i++) {
            node.engine.appendEvents(List.of(punch("e", "c" + i, i)));
        }
        assertThat(losses.get()).isNotPositive();
        assertThat(database.text("select count(*) || '/' || max(global_index) from event_log"))
                .isEqualTo("5/5");
    }

    private static EventStoreSettings hasty() {
        EventStoreSettings d = EventStoreSettings.defaults();
        return new EventStoreSettings(
                Duration.ofSeconds(3),
                d.queueRows(),
                d.queueSize(),
                d.batchRows(),
                d.batchSize(),
                d.maxAppendSize(),
                d.readBatch(),
                d.committedSize(),
                d.fallbackPoll());
    }

    @Test
    void whoeverWaitsTooLongWithoutAConnectionIsToldThatNothingIsStored() {
        AtomicBoolean reachable = new AtomicBoolean();
        LogNode node =
                database.node(
                        hasty(),
                        properties -> {
                            if (!reachable.get()) {
                                throw new SQLException("unreachable", "08001");
                            }
                            return database.open(properties);
                        });
        assertThatThrownBy(() -> node.engine.appendEvents(List.of(punch("e", "c", 0))))
                .isInstanceOf(LogUnavailable.class);
        assertThat(node.health.state().ready()).isFalse();

        reachable.set(true);
        await().until(() -> node.health.state().ready());
        node.engine.appendEvents(List.of(punch("e", "other", 0)));
        assertThat(database.text("select string_agg(command_id, ',') from event_log"))
                .isEqualTo("other");
    }

    @Test
    void aPausedHolderOfTheLockIsEndedByTheServerAndHoldsNobodyForLong() throws Exception {
        // what a stopped node leaves: a transaction that holds the lock and says nothing more
        try (Connection paused = database.open(new Properties())) {
            try (Statement statement = paused.createStatement()) {
                statement.execute("set idle_in_transaction_session_timeout = '2s'");
                paused.setAutoCommit(false);
                statement.execute("select pg_advisory_xact_lock(" + LogSession.LOCK + ")");
            }
            LogNode node = database.node();

            node.engine.appendEvents(List.of(punch("e", "c", 0)));
        }
        assertThat(database.number("select count(*) from event_log")).isEqualTo(1);
    }

    @Test
    void aBatchWhoseReplyIsLostReachesTheSubscribersInItsOrder() {
        AtomicInteger losses = new AtomicInteger(2);
        LogNode node = database.node(EventStoreSettings.defaults(), losing(losses, true));
        List<String> heard = new CopyOnWriteArrayList<>();
        node.committed.subscribe(events -> events.forEach(e -> heard.add(numberOf(e))));

        for (int i = 0; i < 4; i++) {
            node.engine.appendEvents(punches("e", "c" + i, 2 * i, 2));
        }
        await().untilAsserted(
                        () ->
                                assertThat(heard)
                                        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8"));
    }

    private static String numberOf(EventMessage<?> event) {
        return event.getMetaData().get(MetadataKeys.COMPANY_SEQ).toString();
    }

    @Test
    void aCommitOfThePreciseChecksWhoseReplyIsLostIsLookedUpToo() {
        LogNode other = database.node();
        other.engine.appendEvents(List.of(punch("e", "c0", 0)));
        AtomicInteger losses = new AtomicInteger();
        LogNode node = database.node(EventStoreSettings.defaults(), losing(losses, true));
        try (Connection holder = database.dataSource().getConnection();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.setAutoCommit(false);
            holder.createStatement()
                    .execute("select pg_advisory_xact_lock(" + LogSession.LOCK + ")");
            // one batch, of which one part does not fit
            var stale = threads.submit(() -> node.engine.appendEvents(punches("e", "c1", 0, 1)));
            await().until(() -> waitsForTheLock());
            var fits = threads.submit(() -> node.engine.appendEvents(punches("x", "c2", 0, 2)));
            losses.set(1);
            holder.rollback();
            fits.get();
            assertThatThrownBy(stale::get).hasCauseInstanceOf(ConcurrencyException.class);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        assertThat(database.text("select count(*) || '/' || max(global_index) from event_log"))
                .isEqualTo("3/3");
    }

    private boolean waitsForTheLock() {
        return database.number("select count(*) from pg_locks where not granted") > 0;
    }

    @Test
    void whoeverLeavesAfterALostReplyIsNotToldThatNothingIsStored() {
        AtomicInteger losses = new AtomicInteger(1);
        AtomicBoolean reachable = new AtomicBoolean(true);
        DedicatedConnections lossy = losing(losses, true);
        LogNode node =
                database.node(
                        hasty(),
                        properties -> {
                            if (losses.get() < 1 && !reachable.get()) {
                                throw new SQLException("unreachable", "08001");
                            }
                            return lossy.open(properties);
                        });
        await().until(() -> node.health.state().ready());
        reachable.set(false);
        assertThatThrownBy(() -> node.engine.appendEvents(List.of(punch("e", "c", 0))))
                .isInstanceOf(AppendOutcomeUnknown.class);

        reachable.set(true);
        await().until(() -> node.health.state().ready());
        assertThatThrownBy(() -> node.engine.appendEvents(List.of(punch("e", "c", 0))))
                .isInstanceOf(DuplicateCommand.class);
    }

    @Test
    void whatTheServerStoresOnlyAfterTheLookUpIsStoredOnce() throws Exception {
        LogNode node = database.node();
        List<Connection> opened = new CopyOnWriteArrayList<>();
        AtomicInteger losses = new AtomicInteger(1);
        AtomicReference<PreparedStatement> late = new AtomicReference<>();
        LogNode unlucky =
                database.node(
                        EventStoreSettings.defaults(),
                        LossyConnections.of(
                                LossyConnections.unclosed(database::open, opened),
                                (_, append) -> {
                                    if (losses.getAndDecrement() > 0) {
                                        late.set(append);
                                        throw new SQLException("reply lost", "08006");
                                    }
                                }));
        unlucky.engine.appendEvents(punches("e", "c", 0, 2));
        node.engine.appendEvents(List.of(punch("x", "c", 0)));
        // the server gets to the first try at last
        assertThatThrownBy(() -> late.get().executeQuery()).hasMessageContaining("duplicate key");
        for (Connection connection : opened) {
            connection.close();
        }

        assertThat(database.text("select count(*) || '/' || max(global_index) from event_log"))
                .isEqualTo("3/3");
    }

    /** Connections whose append or COMMIT fails, after or before the server has done it. */
    private DedicatedConnections losing(AtomicInteger losses, boolean done) {
        return LossyConnections.of(
                database::open,
                (real, execute) -> {
                    if (losses.getAndDecrement() > 0) {
                        if (done && execute != null) {
                            execute.executeQuery();
                        } else if (done) {
                            real.commit();
                        }
                        real.close();
                        throw new SQLException("reply lost", "08006");
                    }
                });
    }
}
