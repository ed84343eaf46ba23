package com.abrohr.attendance.command.eventstore;

import static com.abrohr.attendance.command.eventstore.Punches.punch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Ready means that a command would be stored here now. */
@Timeout(60)
class EventLogHealthIT {

    private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private Thread.UncaughtExceptionHandler before;
    private LogDatabase database;

    @BeforeEach
    void open() {
        database = new LogDatabase();
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> uncaught.add(failure));
    }

    @AfterEach
    void close() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        database.close();
    }

    private LogNode readyNode(DedicatedConnections connections) {
        LogNode node = database.node(EventStoreSettings.defaults(), connections);
        await().dontCatchUncaughtExceptions().until(() -> node.health.state().ready());
        await().dontCatchUncaughtExceptions().until(() -> node.health.state().listening());
        return node;
    }

    @Test
    void anErrorInTheWriterReachesTheHandlerAndItsCallerAndMakesTheNodeUnready() {
        AtomicBoolean broken = new AtomicBoolean();
        LogNode node =
                readyNode(
                        LossyConnections.of(
                                database::open,
                                (_, _) -> {
                                    if (broken.get()) {
                                        throw new StackOverflowError("in the writer");
                                    }
                                }));
        node.engine.appendEvents(List.of(punch("e", "c0", 0)));
        broken.set(true);

        assertThatThrownBy(() -> node.engine.appendEvents(List.of(punch("e", "c1", 1))))
                .isInstanceOf(AppendOutcomeUnknown.class);
        await().dontCatchUncaughtExceptions().until(() -> !uncaught.isEmpty());
        assertThat(uncaught).hasOnlyElementsOfType(StackOverflowError.class);
        await().dontCatchUncaughtExceptions().until(() -> !node.health.state().ready());
        assertThat(node.health.state().problems())
                .containsExactly("the writer of the event log has ended");
        assertThatThrownBy(() -> node.engine.appendEvents(List.of(punch("e", "c2", 1))))
                .isInstanceOf(LogUnavailable.class);
    }

    @Test
    void anErrorInTheListenerReachesTheHandlerAndMakesTheNodeUnready() {
        AtomicBoolean broken = new AtomicBoolean();
        LogNode node =
                readyNode(
                        properties -> {
                            if (broken.get()) {
                                throw new LinkageError("in the listener");
                            }
                            return database.open(properties);
                        });
        broken.set(true);
        database.kill(EventLogListener.APPLICATION_NAME);

        await().dontCatchUncaughtExceptions().until(() -> !node.health.state().ready());
        assertThat(node.health.state().problems())
                .containsExactly("the listener of the event log has ended");
        assertThat(uncaught).hasOnlyElementsOfType(LinkageError.class).hasSize(1);
    }

    @Test
    void anErrorInASubscriberReachesTheHandlerAndMakesTheNodeUnready() {
        LogNode node = readyNode(database::open);
        node.committed.subscribe(
                _ -> {
                    throw new StackOverflowError("in a subscriber");
                });
        node.engine.appendEvents(List.of(punch("e", "c0", 0)));

        await().dontCatchUncaughtExceptions().until(() -> !node.health.state().ready());
        assertThat(node.health.state().problems())
                .containsExactly("the delivery of committed events has ended");
        assertThat(uncaught).hasOnlyElementsOfType(StackOverflowError.class).hasSize(1);
        node.engine.appendEvents(List.of(punch("e", "c1", 1)));
    }

    @Test
    void aNodeWhoseDatabaseTakesNoWritesIsUnreadyUntilItDoesAgainWithoutAnyCommand() {
        LogNode node =
                readyNode(
                        properties -> {
                            Connection connection = database.open(properties);
                            try (Statement statement = connection.createStatement()) {
                                statement.execute("set role attendance_stream");
                            }
                            return connection;
                        });
        node.engine.appendEvents(List.of(punch("e", "c0", 0)));
        database.execute("revoke update on event_log_head from attendance_stream");
        try {
            assertThatThrownBy(() -> node.engine.appendEvents(List.of(punch("e", "c1", 1))))
                    .isInstanceOf(LogUnavailable.class);
            assertThat(node.health.state().ready()).isFalse();
            assertThat(node.health.state().problems())
                    .containsExactly("the database takes no events");
            // still so after the writer has tried again by itself
            await().dontCatchUncaughtExceptions()
                    .pollDelay(Duration.ofMillis(1_500))
                    .until(() -> !node.health.state().ready());
        } finally {
            database.execute("grant update on event_log_head to attendance_stream");
        }
        await().dontCatchUncaughtExceptions().until(() -> node.health.state().ready());
        node.engine.appendEvents(List.of(punch("e", "c1", 1)));
        assertThat(database.text("select count(*) || '/' || max(global_index) from event_log"))
                .isEqualTo("2/2");
    }

    @Test
    void aClockThatDriftsIsNoticedThoughTheLogIsNeverSilent() throws Exception {
        AtomicReference<Duration> drift = new AtomicReference<>(Duration.ZERO);
        LogSignal signal = new LogSignal();
        try (EventLogListener listener =
                        new EventLogListener(
                                database::open,
                                signal,
                                new DriftingClock(drift),
                                Duration.ofMillis(100));
                Connection busy = database.dataSource().getConnection();
                Statement statement = busy.createStatement()) {
            listener.start();
            await().dontCatchUncaughtExceptions().until(listener::isListening);
            drift.set(Duration.ofSeconds(10));
            await().dontCatchUncaughtExceptions()
                    .atMost(Duration.ofSeconds(8))
                    .pollInterval(Duration.ofMillis(20))
                    .until(
                            () -> {
                                statement.execute("notify event_log, '1'");
                                return listener.clockDifference().orElseThrow().toSeconds() < -5;
                            });
        }
    }

    private static final class DriftingClock extends Clock {

        private final AtomicReference<Duration> drift;

        DriftingClock(AtomicReference<Duration> drift) {
            this.drift = drift;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(drift.get());
        }
    }
}
