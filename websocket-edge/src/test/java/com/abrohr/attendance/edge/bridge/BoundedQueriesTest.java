package com.abrohr.attendance.edge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.edge.socketio.RecordingSocket;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.feed.CountPresence;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.GetDashboard;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.messages.feed.PresenceCounts;
import com.abrohr.attendance.messages.feed.WatchLiveFeed;

import org.awaitility.Awaitility;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Everything that the bridge asks has a time-out, over Axon's own bus. */
@Timeout(30)
class BoundedQueriesTest {

    private final CountDownLatch never = new CountDownLatch(1);
    private final SimpleQueryBus bus = SimpleQueryBus.builder().build();
    private final QueryGateway gateway = DefaultQueryGateway.builder().queryBus(bus).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final BoundedQueries queries =
            new BoundedQueries(gateway, threads, Duration.ofMillis(100));
    private final AxonFeedReader reader = new AxonFeedReader(gateway, queries);

    @AfterEach
    void stop() {
        never.countDown();
        threads.close();
        timer.shutdownNow();
    }

    @Test
    void aQueryThatIsNeverAnsweredIsGivenUp() {
        answer(GetFeed.class, FeedPage.class, _ -> waitForEver());
        answer(GetDashboard.class, DashboardView.class, _ -> waitForEver());

        assertThatThrownBy(() -> reader.read("c1", null, 0)).satisfies(this::isTimeout);
        assertThatThrownBy(() -> reader.board("c1")).satisfies(this::isTimeout);
    }

    @Test
    void aWatchThatIsNeverAnsweredIsGivenUpAndLeavesNothingBehind() {
        answer(WatchLiveFeed.class, FeedPosition.class, _ -> waitForEver());

        assertThatThrownBy(() -> reader.watch("c1", batch -> {}, () -> {}))
                .satisfies(this::isTimeout);
        assertThat(bus.queryUpdateEmitter().activeSubscriptions()).isEmpty();
    }

    @Test
    void aRefusalIsToldFromAFailure() {
        answer(
                GetFeed.class,
                FeedPage.class,
                _ -> {
                    throw new Refusal(RefusalCode.STALE_VERSION, "only the whole board helps");
                });

        assertThatThrownBy(() -> reader.read("c1", null, 0))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.STALE_VERSION));
    }

    @Test
    void countsThatAreNeverAnsweredAreAskedForAgain() {
        AtomicInteger asked = new AtomicInteger();
        answer(
                CountPresence.class,
                PresenceCounts.class,
                _ -> {
                    if (asked.incrementAndGet() == 1) {
                        waitForEver();
                    }
                    return new PresenceCounts(
                            new FeedPosition("first", 7), Instant.EPOCH, Map.of());
                });
        Rooms rooms = new Rooms();
        RecordingSocket socket = new RecordingSocket(null);
        rooms.join(RoomNames.dashboard("c1"), socket);
        // One thread: a count that held it would be the last.
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            var counts = new PresenceCountPublisher(queries, rooms, one, timer);

            counts.changed("c1");
            Awaitility.await().untilAsserted(() -> assertThat(asked).hasValue(1));
            counts.changed("c1");

            Awaitility.await()
                    .untilAsserted(() -> assertThat(socket.heard("dashboard_counts")).hasSize(1));
        }
    }

    @Test
    void whatIsEmittedIsHeardOnTheThreadThatEmits() {
        answer(
                WatchLiveFeed.class,
                FeedPosition.class,
                _ -> {
                    emit(4);
                    return new FeedPosition("first", 4);
                });
        List<Long> heard = new CopyOnWriteArrayList<>();
        List<Thread> on = new CopyOnWriteArrayList<>();
        FeedReader.Watch watch =
                reader.watch(
                        "c1",
                        batch -> {
                            on.add(Thread.currentThread());
                            heard.add(batch.board().seq());
                        },
                        () -> {});

        emit(5);
        emit(6);
        watch.cancel().run();
        emit(7);

        assertThat(watch.position()).isEqualTo(new FeedPosition("first", 4));
        assertThat(heard).containsExactly(4L, 5L, 6L);
        assertThat(on.subList(1, 3)).containsOnly(Thread.currentThread());
    }

    private void emit(long seq) {
        bus.queryUpdateEmitter()
                .emit(
                        WatchLiveFeed.class,
                        query -> query.companyId().equals("c1"),
                        new FeedBatch(
                                "c1",
                                List.of(),
                                new BoardDelta(seq, List.of(), List.of(), List.of(), List.of())));
    }

    private void answer(
            Class<?> query, Type answer, MessageHandler<QueryMessage<?, Object>> handler) {
        bus.subscribe(query.getName(), answer, handler);
    }

    private Object waitForEver() throws InterruptedException {
        never.await();
        throw new IllegalStateException("the test is over");
    }

    private void isTimeout(Throwable failure) {
        assertThat(failure)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
    }
}
