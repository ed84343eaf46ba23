package com.abrohr.attendance.command.eventstore;

import static com.abrohr.attendance.command.eventstore.Punches.punch;
import static com.abrohr.attendance.command.eventstore.Punches.punches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

@Timeout(60)
class EventLogOrderIT {

    private LogDatabase database;
    private LogNode a;
    private LogNode b;

    @BeforeEach
    void twoNodes() {
        database = new LogDatabase();
        a = database.node();
        b = database.node();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void indexesAreDenseInEverySnapshotWhileManyWriteOnTwoNodes() throws Exception {
        int writers = 64;
        int commands = 40;
        AtomicBoolean writing = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // what is visible is always 1..n: nothing missing, so nothing can appear below later
            Future<Integer> reader =
                    threads.submit(
                            () -> {
                                int looks = 0;
                                while (writing.get()) {
                                    assertThat(
                                                    database.text(
                                                            "select count(*) = coalesce(max(global_index), 0)"
                                                                    + " from event_log"))
                                            .isEqualTo("t");
                                    looks++;
                                }
                                return looks;
                            });
            Future<List<Long>> tail = threads.submit(() -> tail(b, writers * commands * 2));
            List<Future<?>> all = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String employee = "e" + w;
                LogNode node = w % 2 == 0 ? a : b;
                all.add(
                        threads.submit(
                                () -> {
                                    for (int c = 0; c < commands; c++) {
                                        node.engine.appendEvents(
                                                punches(employee, "c" + c, c * 2L, 2));
                                    }
                                }));
            }
            try {
                for (Future<?> writer : all) {
                    writer.get();
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e;
            } finally {
                writing.set(false);
            }

            assertThat(reader.get()).isGreaterThan(10);
            List<Long> seen = tail.get();
            for (int i = 0; i < seen.size(); i++) {
                assertThat(seen.get(i)).isEqualTo(i + 1L);
            }
        }
        assertThat(database.number("select last_index from event_log_head"))
                .isEqualTo(writers * commands * 2L);
        assertThat(
                        database.number(
                                "select count(*) from (select recorded_at < lag(recorded_at)"
                                        + " over (order by global_index) as back from event_log) t where back"))
                .isZero();
    }

    private static List<Long> tail(LogNode node, int count) throws InterruptedException {
        List<Long> indexes = new ArrayList<>();
        try (TrackingEventStream stream = node.store.openStream(null)) {
            while (indexes.size() < count) {
                TrackedEventMessage<?> event = stream.nextAvailable();
                indexes.add(event.trackingToken().position().orElseThrow());
            }
        }
        return indexes;
    }

    @Test
    void racingCommandsOfOneAggregateStoreAllTheirEventsOrNone() throws Exception {
        int racers = 32;
        int rounds = 10;
        int stored = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < rounds; round++) {
                long sequence = database.number("select count(*) from event_log");
                CyclicBarrier start = new CyclicBarrier(racers);
                List<Future<Boolean>> outcomes = new ArrayList<>();
                for (int r = 0; r < racers; r++) {
                    LogNode node = r % 2 == 0 ? a : b;
                    // different lengths overlap each other's sequences only in part
                    var events = punches("e", "c" + round + "-" + r, sequence, 1 + r % 5);
                    outcomes.add(
                            threads.submit(
                                    (Callable<Boolean>)
                                            () -> {
                                                start.await();
                                                try {
                                                    node.engine.appendEvents(events);
                                                    return true;
                                                } catch (ConcurrencyException e) {
                                                    return false;
                                                }
                                            }));
                }
                int winners = 0;
                for (int r = 0; r < racers; r++) {
                    long rows = outcomes.get(r).get() ? 1 + r % 5 : 0;
                    winners += rows > 0 ? 1 : 0;
                    assertThat(
                                    database.number(
                                            "select count(*) from event_log where command_id = 'c"
                                                    + round
                                                    + "-"
                                                    + r
                                                    + "'"))
                            .isEqualTo(rows);
                }
                assertThat(winners).isEqualTo(1);
                stored += winners;
            }
        }
        assertThat(stored).isEqualTo(rounds);
        assertThat(database.text("select count(*) = max(sequence) + 1 from event_log"))
                .isEqualTo("t");
    }

    @Test
    void aCommandIdIsStoredOnceHoweverManySendItOnBothNodes() throws Exception {
        int senders = 24;
        CyclicBarrier start = new CyclicBarrier(senders);
        List<Future<Boolean>> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int s = 0; s < senders; s++) {
                LogNode node = s % 2 == 0 ? a : b;
                // another aggregate each time: only the command id can tell
                var event = Punches.event("time-clock/acme/e-" + s, "e", "same", 0, null);
                outcomes.add(
                        threads.submit(
                                (Callable<Boolean>)
                                        () -> {
                                            start.await();
                                            try {
                                                node.engine.appendEvents(List.of(event));
                                                return true;
                                            } catch (DuplicateCommand e) {
                                                return false;
                                            }
                                        }));
            }
            int stored = 0;
            for (Future<Boolean> outcome : outcomes) {
                stored += outcome.get() ? 1 : 0;
            }
            assertThat(stored).isEqualTo(1);
        }
        assertThat(database.number("select count(*) from event_log")).isEqualTo(1);
    }

    @Test
    void theSameCommandIdOfAnotherEmployeeIsAnotherCommand() {
        a.engine.appendEvents(List.of(punch("e1", "same", 0)));
        b.engine.appendEvents(List.of(punch("e2", "same", 0)));

        assertThat(database.number("select count(*) from event_log")).isEqualTo(2);
    }

    @Test
    void anAppendThatSkipsASequenceIsOvertakenNotStored() {
        a.engine.appendEvents(List.of(punch("e", "c0", 0)));

        assertThatThrownBy(() -> a.engine.appendEvents(List.of(punch("e", "c1", 2))))
                .isInstanceOf(ConcurrencyException.class);
        assertThatThrownBy(() -> b.engine.appendEvents(List.of(punch("e", "c2", 0))))
                .isInstanceOf(ConcurrencyException.class);
        assertThat(database.number("select count(*) from event_log")).isEqualTo(1);
    }

    @Test
    void aRepeatIsToldSoEvenWhenItsSequenceIsTakenToo() {
        a.engine.appendEvents(List.of(punch("e", "c0", 0)));

        assertThatThrownBy(() -> b.engine.appendEvents(List.of(punch("e", "c0", 0))))
                .isInstanceOf(DuplicateCommand.class);
    }
}
