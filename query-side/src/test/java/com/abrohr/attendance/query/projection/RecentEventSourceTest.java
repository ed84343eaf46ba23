package com.abrohr.attendance.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** Where the projection's events come from: memory while it goes on, else the log. */
class RecentEventSourceTest {
    private static final Duration NEVER = Duration.ofMinutes(10);

    private final Log log = new Log();
    private RecentEventSource source = new RecentEventSource(log, Duration.ZERO);

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void whatThisNodeWroteIsReadFromMemory() {
        write(1, 3);
        BlockingStream<TrackedEventMessage<?>> stream = source.openStream(token(0));

        assertThat(read(stream)).containsExactly(1L, 2L, 3L);
        int looks = log.looks.get();
        write(4, 6);
        assertThat(read(stream)).containsExactly(4L, 5L, 6L);
        assertThat(log.looks).hasValue(looks);
    }

    @Test
    void whatAnotherNodeWroteIsReadFromTheLogAndThenMemoryGoesOn() {
        BlockingStream<TrackedEventMessage<?>> stream = source.openStream(token(0));
        write(1, 2);
        assertThat(read(stream)).containsExactly(1L, 2L);
        log.store(3, 4);
        write(5, 6);
        assertThat(read(stream)).containsExactly(3L, 4L, 5L, 6L);
        log.store(7, 7);
        log.signal();
        await().untilAsserted(() -> assertThat(read(stream)).containsExactly(7L));
    }

    @Test
    void anotherNodesEventsAreFoundWithoutASignalAsWell() {
        BlockingStream<TrackedEventMessage<?>> stream = source.openStream(null);
        assertThat(read(stream)).isEmpty();
        log.store(1, 2);

        await().untilAsserted(() -> assertThat(read(stream)).containsExactly(1L, 2L));
    }

    @Test
    void aReaderFarBehindReadsTheLogUntilMemoryGoesOn() {
        log.store(1, 9_000);
        write(9_001, 18_000);

        assertThat(read(source.openStream(token(0))))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 18_000).boxed().toList());
        assertThat(read(source.openStream(token(17_998)))).containsExactly(17_999L, 18_000L);
    }

    @Test
    void eventsGatherUntilSomebodyWaits() {
        source.close();
        source = new RecentEventSource(log, NEVER);
        BlockingStream<TrackedEventMessage<?>> stream = source.openStream(token(0));
        var woken = new AtomicInteger();
        stream.setOnAvailableCallback(woken::incrementAndGet);
        assertThat(read(stream)).isEmpty();

        write(1, 2);
        assertThat(stream.hasNextAvailable()).isFalse();
        assertThat(woken).hasValue(0);
        try (WakeUpTimer.Immediate _ = source.immediate()) {
            assertThat(woken).hasValue(1);
            assertThat(read(stream)).containsExactly(1L, 2L);
            write(3, 3);
            assertThat(woken).hasValue(2);
            assertThat(read(stream)).containsExactly(3L);
        }
        write(4, 4);
        assertThat(stream.hasNextAvailable()).isFalse();
    }

    @Test
    void oneWakingIsForAllThatGathered() {
        source.close();
        source = new RecentEventSource(log, Duration.ofSeconds(1));
        BlockingStream<TrackedEventMessage<?>> stream = source.openStream(token(0));
        List<Boolean> woken = new CopyOnWriteArrayList<>();
        stream.setOnAvailableCallback(() -> woken.add(stream.hasNextAvailable()));
        for (long index = 1; index <= 10; index++) {
            write(index, index);
        }

        await().until(() -> !woken.isEmpty());
        assertThat(woken).containsExactly(true);
        assertThat(read(stream)).hasSize(10);
    }

    @Test
    void aClosedStreamWakesNobody() {
        BlockingStream<TrackedEventMessage<?>> stream = source.openStream(token(0));
        var woken = new AtomicInteger();
        stream.setOnAvailableCallback(woken::incrementAndGet);
        stream.close();
        write(1, 1);

        assertThat(woken).hasValue(0);
        assertThat(stream.hasNextAvailable()).isFalse();
    }

    @Test
    void memoryIsBoundedInEventsAndInBytes() {
        var few = new EventRingBuffer(4, Long.MAX_VALUE);
        few.append(List.of(event(1), event(2), event(3), event(4), event(5)));
        few.release();
        assertThat(few.at(1)).isNull();
        assertThat(few.at(2)).isNotNull();
        assertThat(few.at(5)).isNotNull();
        assertThat(few.at(6)).isNull();

        var small = new EventRingBuffer(100, 2_500);
        small.append(List.of(event(1), event(2), event(3)));
        small.release();
        assertThat(small.at(1)).isNull();
        assertThat(small.at(3)).isNotNull();
    }

    /** As the writer does: stored first, handed on afterwards. */
    private void write(long from, long to) {
        log.store(from, to);
        List<TrackedEventMessage<?>> events = new ArrayList<>();
        LongStream.rangeClosed(from, to).forEach(index -> events.add(event(index)));
        source.committed(events);
    }

    private static List<Long> read(BlockingStream<TrackedEventMessage<?>> stream) {
        List<Long> indexes = new ArrayList<>();
        try {
            while (stream.hasNextAvailable()) {
                assertThat(stream.peek()).isPresent();
                indexes.add(stream.nextAvailable().trackingToken().position().orElseThrow());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return indexes;
    }

    private static TrackingToken token(long index) {
        return GapAwareTrackingToken.newInstance(index, Set.of());
    }

    private static TrackedEventMessage<?> event(long index) {
        return new GenericTrackedEventMessage<>(
                token(index), GenericEventMessage.asEventMessage("event " + index));
    }

    /** Counts how often it is looked at. */
    private static final class Log implements StreamableMessageSource<TrackedEventMessage<?>> {
        private final List<TrackedEventMessage<?>> events = new CopyOnWriteArrayList<>();
        private final List<Runnable> callbacks = new CopyOnWriteArrayList<>();
        private final AtomicInteger looks = new AtomicInteger();

        void store(long from, long to) {
            List<TrackedEventMessage<?>> more = new ArrayList<>();
            LongStream.rangeClosed(from, to).forEach(index -> more.add(event(index)));
            events.addAll(more);
        }

        void signal() {
            callbacks.forEach(Runnable::run);
        }

        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken from) {
            return new Stream(from == null ? 0 : (int) from.position().orElseThrow());
        }

        private final class Stream implements BlockingStream<TrackedEventMessage<?>> {
            private int next;

            private Stream(int next) {
                this.next = next;
            }

            @Override
            public Optional<TrackedEventMessage<?>> peek() {
                return next < events.size() ? Optional.of(events.get(next)) : Optional.empty();
            }

            @Override
            public boolean hasNextAvailable(int timeout, TimeUnit unit) {
                looks.incrementAndGet();
                return next < events.size();
            }

            @Override
            public TrackedEventMessage<?> nextAvailable() {
                return events.get(next++);
            }

            @Override
            public boolean setOnAvailableCallback(Runnable callback) {
                callbacks.add(callback);
                return true;
            }

            @Override
            public void close() {}
        }
    }
}
