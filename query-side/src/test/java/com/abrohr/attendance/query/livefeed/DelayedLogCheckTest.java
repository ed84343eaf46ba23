package com.abrohr.attendance.query.livefeed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class DelayedLogCheckTest {
    private static final Duration LATEST =
            DelayedLogCheck.FROM_MEMORY.plus(DelayedLogCheck.GATHERING);

    private final List<Scheduled> tasks = new ArrayList<>();
    private final List<Long> looks = new ArrayList<>();

    /** When each place was looked at, by this look or an earlier one at a higher place. */
    private final Map<Long, Long> lookedAt = new HashMap<>();

    private long now = 1_000_000_000L;
    private long looked;
    private boolean failing;
    private final DelayedLogCheck own =
            new DelayedLogCheck(
                    this::look,
                    (task, delay) -> tasks.add(new Scheduled(task, now + delay.toNanos())),
                    () -> now);

    @Test
    void oneTaskAtATimeIsScheduledHoweverManyAreHeard() {
        for (long place = 1; place <= 1_000; place++) {
            own.appended(place);
            assertThat(tasks).hasSize(1);
            advance(Duration.ofMillis(1));
            assertThat(tasks).hasSizeLessThanOrEqualTo(1);
        }
        advance(LATEST);

        assertThat(tasks).isEmpty();
        assertThat(looks).hasSizeLessThanOrEqualTo(110).last().isEqualTo(1_000L);
    }

    @Test
    void everyPlaceIsLookedAtOnceMemoryHadItsTimeAndNotMuchLater() {
        Map<Long, Long> heardAt = new HashMap<>();
        for (long place = 1; place <= 500; place++) {
            heardAt.put(place, now);
            own.appended(place);
            advance(Duration.ofMillis(place % 7));
        }
        advance(LATEST);

        assertThat(lookedAt).hasSize(500);
        lookedAt.forEach(
                (place, at) ->
                        assertThat(Duration.ofNanos(at - heardAt.get(place)))
                                .isBetween(DelayedLogCheck.FROM_MEMORY, LATEST));
    }

    @Test
    void aLookThatFailsEndsNothing() {
        failing = true;
        own.appended(1);
        advance(DelayedLogCheck.GATHERING);
        own.appended(2);
        advance(LATEST);
        assertThat(looks).isEmpty();

        failing = false;
        own.appended(3);
        advance(LATEST);

        assertThat(looks).containsExactly(3L);
    }

    private void look(long place) {
        if (failing) {
            throw new IllegalStateException("the database is away");
        }
        looks.add(place);
        for (long each = looked + 1; each <= place; each++) {
            lookedAt.put(each, now);
        }
        looked = place;
    }

    private void advance(Duration by) {
        long until = now + by.toNanos();
        while (!tasks.isEmpty() && tasks.getFirst().at() <= until) {
            Scheduled next = tasks.removeFirst();
            now = next.at();
            try {
                next.task().run();
            } catch (IllegalStateException e) {
                // As a timer takes it.
            }
        }
        now = until;
    }

    private record Scheduled(Runnable task, long at) {}
}
