package com.abrohr.attendance.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

class LingerTest {

    private static final Duration LINGER = Duration.ofMillis(50);

    private final AtomicInteger woken = new AtomicInteger();

    @Test
    void whateverElseWakesThereIsOneTimerForWhatGathers() throws InterruptedException {
        try (var linger = new Linger(LINGER)) {
            linger.add(woken::incrementAndGet);
            int others = 20;
            for (int i = 0; i < others; i++) {
                linger.changed();
                linger.wakeIn(Duration.ofMillis(1).toNanos());
                Thread.sleep(5);
            }
            woken.set(0);

            long start = System.nanoTime();
            long end = start + Duration.ofSeconds(1).toNanos();
            while (System.nanoTime() < end) {
                linger.changed();
                Thread.sleep(1);
            }

            long lingers = (System.nanoTime() - start) / LINGER.toNanos();
            assertThat(woken.get()).isPositive().isLessThanOrEqualTo((int) lingers + 1);
        }
    }

    @Test
    void whoWaitsCutsItShort() {
        try (var linger = new Linger(Duration.ofMinutes(1))) {
            linger.add(woken::incrementAndGet);
            linger.changed();
            assertThat(woken).hasValue(0);

            try (var _ = linger.waiting()) {
                assertThat(woken).hasValue(1);
                linger.changed();
                assertThat(woken).hasValue(2);
            }
            linger.changed();
            assertThat(woken).hasValue(2);
        }
    }

    @Test
    void whatChangesAfterAWakeWakesAgain() {
        try (var linger = new Linger(LINGER)) {
            linger.add(woken::incrementAndGet);
            for (int i = 1; i <= 3; i++) {
                linger.changed();
                int times = i;
                Awaitility.await().until(() -> woken.get() == times);
            }
        }
    }
}
