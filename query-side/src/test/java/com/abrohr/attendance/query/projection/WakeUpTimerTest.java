package com.abrohr.attendance.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

class WakeUpTimerTest {
    private static final Duration LINGER = Duration.ofMillis(50);

    private final AtomicInteger woken = new AtomicInteger();

    @Test
    void thereIsOneTimerForGatheredEventsWhateverElseWakes() throws InterruptedException {
        try (var timer = new WakeUpTimer(LINGER)) {
            timer.add(woken::incrementAndGet);
            int others = 20;
            for (int i = 0; i < others; i++) {
                timer.changed();
                timer.wakeIn(Duration.ofMillis(1).toNanos());
                Thread.sleep(5);
            }
            woken.set(0);

            long start = System.nanoTime();
            long end = start + Duration.ofSeconds(1).toNanos();
            while (System.nanoTime() < end) {
                timer.changed();
                Thread.sleep(1);
            }

            long lingers = (System.nanoTime() - start) / LINGER.toNanos();
            assertThat(woken.get()).isPositive().isLessThanOrEqualTo((int) lingers + 1);
        }
    }

    @Test
    void aWaitingReadIsServedAtOnce() {
        try (var timer = new WakeUpTimer(Duration.ofMinutes(1))) {
            timer.add(woken::incrementAndGet);
            timer.changed();
            assertThat(woken).hasValue(0);

            try (var _ = timer.immediate()) {
                assertThat(woken).hasValue(1);
                timer.changed();
                assertThat(woken).hasValue(2);
            }
            timer.changed();
            assertThat(woken).hasValue(2);
        }
    }

    @Test
    void whatChangesAfterAWakeWakesAgain() {
        try (var timer = new WakeUpTimer(LINGER)) {
            timer.add(woken::incrementAndGet);
            for (int i = 1; i <= 3; i++) {
                timer.changed();
                int times = i;
                Awaitility.await().until(() -> woken.get() == times);
            }
        }
    }
}
