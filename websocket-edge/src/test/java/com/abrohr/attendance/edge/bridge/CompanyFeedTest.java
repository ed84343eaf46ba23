package com.abrohr.attendance.edge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.FeedUpdate;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;

class CompanyFeedTest {

    private final ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor();
    private final FeedInMemory table = new FeedInMemory(CompanyFeedTest::entry);
    private final List<Long> told = new CopyOnWriteArrayList<>();
    private final List<String> resyncs = new CopyOnWriteArrayList<>();
    private final CompanyFeed feed =
            new CompanyFeed("c1", table, new Listener(), Runnable::run, retries);

    @AfterEach
    void stop() {
        retries.shutdownNow();
    }

    @Test
    void tellsWhatIsEmittedInItsOrder() {
        feed.start();

        emit(1, 2);
        emit(3, 3);

        assertThat(told).containsExactly(1L, 2L, 3L);
        assertThat(table.readsThatFound).isZero();
    }

    @Test
    void beginsWhereTheFeedStandsAndTellsNothingOfBefore() {
        table.append(7);

        feed.start();
        emit(8, 8);

        assertThat(told).containsExactly(8L);
    }

    @Test
    void readsALostEmissionFromTheTable() {
        feed.start();

        table.append(3);
        emit(4, 4);

        assertThat(told).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void dropsEchoesAndLateEmissions() {
        feed.start();
        emit(1, 3);

        table.updates.accept(batch(1, 2));
        table.updates.accept(batch(2, 3));
        table.updates.accept(new FeedBatch("c1", List.of()));

        assertThat(told).containsExactly(1L, 2L, 3L);
    }

    @Test
    void tellsOnlyTheNewPartOfAnOverlappingEmission() {
        feed.start();
        emit(1, 3);

        table.append(1);
        table.updates.accept(batch(2, 4));

        assertThat(told).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void hearsWhatHappenedWhileItWasStarting() {
        table.whileWatching = () -> emit(1, 2);

        feed.start();

        assertThat(told).containsExactly(1L, 2L);
    }

    @Test
    void watchesAgainAfterTheWatchBroke() {
        feed.start();
        emit(1, 1);

        table.append(2);
        table.broken.run();

        Awaitility.await().untilAsserted(() -> assertThat(told).containsExactly(1L, 2L, 3L));
        assertThat(resyncs).isEmpty();
    }

    @Test
    void saysResyncWhenTheFeedWasNumberedAnew() {
        feed.start();
        emit(1, 5);

        table.epoch = "restored";
        table.entries.clear();
        table.append(2);
        table.broken.run();

        Awaitility.await().untilAsserted(() -> assertThat(resyncs).hasSize(1));
        emit(3, 3);
        Awaitility.await()
                .untilAsserted(() -> assertThat(told).containsExactly(1L, 2L, 3L, 4L, 5L, 3L));
    }

    @Test
    void saysResyncWhenItCouldOnlyBeFollowedLate() {
        table.failingWatches = 1;

        feed.start();
        assertThat(feed.started()).isNotDone();

        Awaitility.await().untilAsserted(() -> assertThat(feed.started()).isDone());
        assertThat(resyncs).hasSize(1);
    }

    @Test
    void readsAgainWhenTheTableCouldNotBeRead() {
        feed.start();
        table.failingReads = 1;

        table.append(1);
        emit(2, 2);

        Awaitility.await().untilAsserted(() -> assertThat(told).containsExactly(1L, 2L));
    }

    private void emit(long from, long to) {
        while (table.entries.size() < to) {
            table.append(1);
        }
        table.emit(from, to);
    }

    private static FeedBatch batch(long from, long to) {
        return new FeedBatch(
                "c1", LongStream.rangeClosed(from, to).mapToObj(CompanyFeedTest::entry).toList());
    }

    private static FeedEntry entry(long seq) {
        return new FeedEntry(
                "c1", seq, seq - 1, 0, "e1", Instant.EPOCH, new FeedUpdate.EmployeeJoined(), null);
    }

    private final class Listener implements FeedAudience {

        @Override
        public void deliver(String companyId, List<FeedEntry> entries) {
            entries.forEach(entry -> told.add(entry.seq()));
        }

        @Override
        public void resync(String companyId, String reason, FeedPosition now) {
            resyncs.add(reason);
        }
    }
}
