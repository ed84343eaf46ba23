package com.abrohr.attendance.command.eventstore;

import static com.abrohr.attendance.command.eventstore.Punches.punch;
import static com.abrohr.attendance.command.eventstore.Punches.punches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.identity.MetadataKeys;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

@Timeout(60)
class CommittedEventsIT {

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
    void whatIsCommittedIsHeardInTheOrderOfTheLogAndAsTheLogWouldSayIt() {
        LogNode node = database.node();
        LogNode other = database.node();
        List<TrackedEventMessage<?>> heard = new CopyOnWriteArrayList<>();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        node.committed.subscribe(
                events -> {
                    threads.add(Thread.currentThread());
                    events.forEach(event -> heard.add((TrackedEventMessage<?>) event));
                });
        int writers = 32;
        int commands = 20;
        try (ExecutorService writing = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int w = 0; w < writers; w++) {
                String employee = "e" + w;
                writing.submit(
                        () -> {
                            for (int c = 0; c < commands; c++) {
                                node.engine.appendEvents(punches(employee, "c" + c, 2L * c, 2));
                            }
                        });
                writing.submit(
                        () -> other.engine.appendEvents(List.of(punch("x" + employee, "c", 0))));
            }
        }
        await().until(() -> heard.size() == writers * commands * 2);

        assertThat(threads).hasSize(1);
        List<? extends TrackedEventMessage<?>> stored =
                node.engine.readEvents(null, false).toList();
        List<? extends TrackedEventMessage<?>> own =
                stored.stream()
                        .filter(event -> !clockOf(event).startsWith(Punches.clock("x")))
                        .toList();
        assertThat(heard).hasSameSizeAs(own);
        for (int i = 0; i < own.size(); i++) {
            TrackedEventMessage<?> fromLog = own.get(i);
            TrackedEventMessage<?> fromMemory = heard.get(i);
            assertThat(fromMemory.trackingToken()).isEqualTo(fromLog.trackingToken());
            assertThat(fromMemory.getIdentifier()).isEqualTo(fromLog.getIdentifier());
            assertThat(fromMemory.getTimestamp()).isEqualTo(fromLog.getTimestamp());
            assertThat(fromMemory.getPayload()).isEqualTo(fromLog.getPayload());
            assertThat(fromMemory.getMetaData())
                    .isEqualTo(fromLog.getMetaData())
                    .containsKey(MetadataKeys.COMPANY_SEQ)
                    .doesNotContainKey(AppendMetadata.FINGERPRINT);
            assertThat(clockOf(fromMemory)).isEqualTo(clockOf(fromLog));
            assertThat(((DomainEventMessage<?>) fromMemory).getSequenceNumber())
                    .isEqualTo(((DomainEventMessage<?>) fromLog).getSequenceNumber());
        }
    }

    private static String clockOf(EventMessage<?> event) {
        return ((DomainEventMessage<?>) event).getAggregateIdentifier();
    }

    @Test
    void aSlowSubscriberMissesBatchesAndHoldsUpNobody() throws Exception {
        EventStoreSettings d = EventStoreSettings.defaults();
        LogNode node =
                database.node(
                        new EventStoreSettings(
                                d.appendTimeout(),
                                d.queueRows(),
                                d.queueSize(),
                                d.batchRows(),
                                d.batchSize(),
                                d.maxAppendSize(),
                                d.readBatch(),
                                DataSize.ofKilobytes(1),
                                d.fallbackPoll()),
                        database::open);
        CountDownLatch first = new CountDownLatch(1);
        Semaphore slow = new Semaphore(0);
        List<Long> heard = new CopyOnWriteArrayList<>();
        node.committed.subscribe(
                events -> {
                    first.countDown();
                    slow.acquireUninterruptibly();
                    events.forEach(event -> heard.add(number(event)));
                });
        node.engine.appendEvents(List.of(punch("e", "c0", 0)));
        first.await();
        for (int c = 1; c < 60; c++) {
            node.engine.appendEvents(List.of(punch("e", "c" + c, c)));
        }
        slow.release(1_000);
        await().until(() -> heard.size() > 1);
        node.engine.appendEvents(List.of(punch("e", "last", 60)));
        await().until(() -> heard.contains(61L));

        assertThat(heard).isSorted().doesNotHaveDuplicates().hasSizeLessThan(60).startsWith(1L, 2L);
        assertThat(database.number("select count(*) from event_log")).isEqualTo(61);
    }

    @Test
    void aSubscriberThatFailsStopsNeitherTheOthersNorTheDelivery() {
        LogNode node = database.node();
        List<Long> heard = new CopyOnWriteArrayList<>();
        node.committed.subscribe(
                _ -> {
                    throw new IllegalStateException("a bad subscriber");
                });
        var registration =
                node.committed.subscribe(
                        events -> events.forEach(event -> heard.add(number(event))));
        node.engine.appendEvents(List.of(punch("e", "c0", 0)));
        node.engine.appendEvents(List.of(punch("e", "c1", 1)));
        await().untilAsserted(() -> assertThat(heard).containsExactly(1L, 2L));
        assertThat(node.health.state().problems()).noneMatch(it -> it.contains("delivery"));

        registration.close();
        List<Long> later = new CopyOnWriteArrayList<>();
        node.committed.subscribe(events -> events.forEach(event -> later.add(number(event))));
        node.engine.appendEvents(List.of(punch("e", "c2", 2)));
        await().untilAsserted(() -> assertThat(later).containsExactly(3L));
        assertThat(heard).hasSize(2);
    }

    @Test
    void theCallerIsAnsweredBeforeAnySubscriberIsCalled() {
        LogNode node = database.node();
        CountDownLatch answered = new CountDownLatch(1);
        List<Long> heard = new CopyOnWriteArrayList<>();
        node.committed.subscribe(
                events -> {
                    try {
                        answered.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    events.forEach(event -> heard.add(number(event)));
                });
        node.engine.appendEvents(List.of(punch("e", "c0", 0)));
        answered.countDown();
        await().untilAsserted(() -> assertThat(heard).containsExactly(1L));
    }

    private static long number(EventMessage<?> event) {
        return Long.parseLong(event.getMetaData().get(MetadataKeys.COMPANY_SEQ).toString());
    }
}
