package com.abrohr.attendance.edge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.FeedUpdate;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

class CompanyFeedTest {

    private final ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor();
    private final FeedInMemory log = new FeedInMemory(CompanyFeedTest::entry);
    private final List<Long> delivered = new CopyOnWriteArrayList<>();
    private final List<BoardDelta> deltas = new CopyOnWriteArrayList<>();
    private final List<ResyncReason> resyncs = new CopyOnWriteArrayList<>();
    private final List<Thread> deliverers = new CopyOnWriteArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private boolean boards;
    private int listeners = 1;
    private long undeliverable;
    private final CompanyFeed feed =
            new CompanyFeed("c1", log, new Listener(), Runnable::run, retries);

    @AfterEach
    void stop() {
        retries.shutdownNow();
    }

    @Test
    void deliversWhatIsEmittedInItsOrder() {
        feed.start();

        emit(1, 2);
        emit(3, 3);

        assertThat(delivered).containsExactly(1L, 2L, 3L);
        assertThat(log.readsThatFound).isZero();
    }

    @Test
    void beginsWhereTheFeedStandsAndDeliversNothingOfBefore() {
        log.append(7);

        feed.start();
        emit(8, 8);

        assertThat(delivered).containsExactly(8L);
    }

    @Test
    void readsALostEmissionFromTheLog() {
        feed.start();

        log.append(3);
        emit(4, 4);

        assertThat(delivered).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void dropsEchoesAndLateEmissions() {
        feed.start();
        emit(1, 3);

        log.emit(1, 2);
        log.emit(2, 3);

        assertThat(delivered).containsExactly(1L, 2L, 3L);
    }

    @Test
    void deliversOnlyTheNewPartOfAnOverlappingEmission() {
        feed.start();
        emit(1, 3);

        log.append(1);
        log.emit(2, 4);

        assertThat(delivered).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void hearsWhatHappenedWhileItWasStarting() {
        log.whileWatching = () -> emit(1, 2);

        feed.start();

        assertThat(delivered).containsExactly(1L, 2L);
    }

    @Test
    void watchesAgainAfterTheWatchBroke() {
        feed.start();
        emit(1, 1);

        log.append(2);
        log.broken.run();

        Awaitility.await().untilAsserted(() -> assertThat(delivered).containsExactly(1L, 2L, 3L));
        assertThat(resyncs).isEmpty();
    }

    @Test
    void saysResyncWhenTheEpochChanged() {
        feed.start();
        emit(1, 5);

        log.epoch = "restored";
        log.entries.clear();
        log.append(2);
        log.broken.run();

        Awaitility.await().untilAsserted(() -> assertThat(resyncs).hasSize(1));
        emit(3, 3);
        Awaitility.await()
                .untilAsserted(() -> assertThat(delivered).containsExactly(1L, 2L, 3L, 4L, 5L, 3L));
    }

    @Test
    void saysResyncWhenItCouldOnlyBeFollowedLate() {
        log.failingWatches = 1;

        feed.start();
        assertThat(feed.started()).isNotDone();

        Awaitility.await().untilAsserted(() -> assertThat(feed.started()).isDone());
        assertThat(resyncs).hasSize(1);
    }

    @Test
    void readsAgainWhenTheLogCouldNotBeRead() {
        feed.start();
        log.failingReads = 1;

        log.append(1);
        emit(2, 2);

        Awaitility.await().untilAsserted(() -> assertThat(delivered).containsExactly(1L, 2L));
    }

    @Test
    void whatOnlyTheBoardShowsIsDeliveredToBoardsUnderTheNumberTheyStandAt() {
        feed.start();
        boards = true;
        emit(1, 2);

        log.clockChanges("e7");
        emit(3, 3);

        assertThat(deltas).extracting(BoardDelta::seq).containsExactly(2L, 2L, 3L);
        assertThat(deltas.get(1).rows()).extracting(PresenceView::employeeId).containsExactly("e7");
        assertThat(delivered).containsExactly(1L, 2L, 3L);
        assertThat(log.boardReads).isZero();
    }

    @Test
    void aGapIsReadFromTheLogAndTheBoardsAreBroughtUpByState() {
        feed.start();
        boards = true;
        emit(1, 1);

        log.append(3);
        emit(5, 5);
        emit(6, 6);

        assertThat(delivered).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(deltas).extracting(BoardDelta::seq).containsExactly(1L, 5L, 6L);
        assertThat(log.boardReads).isOne();
    }

    @Test
    void boardsThatMissedWhatWasReadForASocketAreBroughtUpByState() {
        feed.start();
        boards = true;
        log.append(2);
        feed.between(new FeedPosition("first", 2), position -> {});

        log.append(1);
        log.emit(3, 3);

        assertThat(delivered).containsExactly(1L, 2L, 3L);
        assertThat(log.boardReads).isOne();
        assertThat(deltas).extracting(BoardDelta::seq).containsExactly(3L);
    }

    @Test
    void aBoardThatCannotBeBroughtUpIsAskedToBeginAnew() {
        feed.start();
        boards = true;
        emit(1, 1);
        log.changesKnownAfter = 2;

        log.append(3);
        emit(5, 5);
        emit(6, 6);

        assertThat(resyncs).containsExactly(ResyncReason.BOARD_UNREADABLE);
        assertThat(delivered).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(deltas).extracting(BoardDelta::seq).containsExactly(1L, 6L);
    }

    @Test
    void readsOnUntilThereIsNoMore() {
        feed.start();
        log.pageLimit = 2;

        log.append(5);
        emit(6, 6);

        assertThat(delivered).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void numbersThatAreGivenAgainAreNoticedByThemselves() {
        feed.start();
        emit(1, 5);

        log.epoch = "restored";
        log.entries.clear();
        emit(1, 2);

        Awaitility.await().untilAsserted(() -> assertThat(resyncs).hasSize(1));
        emit(3, 3);
        assertThat(delivered).containsExactly(1L, 2L, 3L, 4L, 5L, 3L);
    }

    @Test
    void anErrorSilencesNobodyAndIsReported() throws Exception {
        AtomicReference<Throwable> uncaught = new AtomicReference<>();
        feed.start();
        emit(1, 1);
        failures.add(new StackOverflowError());

        Thread emitter = Thread.ofPlatform().unstarted(() -> emit(2, 3));
        emitter.setUncaughtExceptionHandler((thread, error) -> uncaught.set(error));
        emitter.start();
        emitter.join();

        assertThat(uncaught.get()).isInstanceOf(StackOverflowError.class);
        Awaitility.await().untilAsserted(() -> assertThat(delivered).containsExactly(1L, 2L, 3L));
        emit(4, 4);
        assertThat(delivered).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void anEntryThatCannotBeDeliveredDoesNotSilenceThoseAfterIt() {
        undeliverable = 2;
        feed.start();

        emit(1, 3);

        Awaitility.await().untilAsserted(() -> assertThat(delivered).containsExactly(1L, 3L));
        assertThat(resyncs).containsExactly(ResyncReason.UNREADABLE);
        emit(4, 4);
        assertThat(delivered).containsExactly(1L, 3L, 4L);
    }

    @Test
    void deliversOnTheThreadThatEmitsButNeverReadsThere() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompanyFeed idle = new CompanyFeed("c1", log, new Listener(), threads, retries);
            idle.start();
            idle.started().join();

            // Until the task that began it has left.
            Awaitility.await()
                    .untilAsserted(
                            () -> {
                                emit(log.entries.size() + 1L, log.entries.size() + 1L);
                                assertThat(deliverers.getLast()).isSameAs(Thread.currentThread());
                            });
            log.append(2);
            long last = log.entries.size() + 1L;
            emit(last, last);

            Awaitility.await().untilAsserted(() -> assertThat(delivered.getLast()).isEqualTo(last));
            assertThat(log.readers).isNotEmpty().doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void whatDoesNotFitTheQueueIsReadFromTheLog() {
        CountDownLatch held = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompanyFeed slow = new CompanyFeed("c1", log, new Listener(), threads, retries);
            slow.start();
            slow.started().join();
            slow.between(null, position -> await(held));

            for (int i = 1; i <= 1_500; i++) {
                emit(i, i);
            }
            held.countDown();

            Awaitility.await().untilAsserted(() -> assertThat(delivered).hasSize(1_500));
            assertThat(delivered).isSorted();
            assertThat(log.readsThatFound).isPositive();
        }
    }

    @Test
    void aCrowdIsDeliveredToElsewhereSoThatItHoldsUpNoOtherCompany() {
        listeners = 1_000;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompanyFeed crowded = new CompanyFeed("c1", log, new Listener(), threads, retries);
            crowded.start();
            crowded.started().join();

            emit(1, 1);

            Awaitility.await().untilAsserted(() -> assertThat(delivered).containsExactly(1L));
            assertThat(deliverers).doesNotContain(Thread.currentThread());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void emit(long from, long to) {
        while (log.entries.size() < to) {
            log.append(1);
        }
        log.emit(from, to);
    }

    /** Every third number is of an event that nobody hears of. */
    private static FeedEntry entry(long seq) {
        return new FeedEntry(
                "c1",
                seq,
                "e1",
                Instant.EPOCH,
                seq % 3 == 0 ? new FeedUpdate.Unannounced() : new FeedUpdate.EmployeeJoined());
    }

    private final class Listener implements FeedAudience {

        @Override
        public int listeners(String companyId) {
            return listeners;
        }

        @Override
        public boolean hasBoards(String companyId) {
            return boards;
        }

        @Override
        public void deliver(FeedEntry entry, long boardSeq) {
            deliverers.add(Thread.currentThread());
            Throwable failure = failures.poll();
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            if (entry.seq() == undeliverable) {
                throw new IllegalStateException("cannot be encoded");
            }
            delivered.add(entry.seq());
        }

        @Override
        public void deliver(String companyId, BoardDelta delta, long seq) {
            if (boards) {
                deltas.add(delta);
            }
        }

        @Override
        public void resync(String companyId, ResyncReason reason, FeedPosition now) {
            resyncs.add(reason);
        }

        @Override
        public void resyncBoards(String companyId, ResyncReason reason, FeedPosition now) {
            resyncs.add(reason);
        }
    }
}
