package com.abrohr.attendance.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

@Timeout(20)
class ConcurrencyLimiterTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(2, NEVER);

    @Test
    void noMoreThreadsWorkAtOnceThanThereArePermits() throws InterruptedException {
        assertThat(mostAtOnce(limiter, 50)).isEqualTo(2);
    }

    @Test
    void threadsAreServedInTheOrderInWhichTheyCame() throws InterruptedException {
        var one = new ConcurrencyLimiter(1, NEVER);
        var go = new CountDownLatch(1);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        threads.add(begin(one, () -> await(go)));
        awaitWaiting(threads.getLast());
        for (int i = 0; i < 5; i++) {
            int number = i;
            threads.add(begin(one, () -> order.add(number)));
            awaitWaiting(threads.getLast());
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void workThatReleasesItsPermitLetsOthersBegin() throws InterruptedException {
        var go = new CountDownLatch(1);
        Runnable waiting =
                () -> {
                    ConcurrencyLimiter.releaseCurrent();
                    ConcurrencyLimiter.releaseCurrent();
                    await(go);
                };
        List<Thread> hanging = List.of(begin(waiting), begin(waiting), begin(waiting));
        begin(() -> {}).join();

        go.countDown();
        for (Thread thread : hanging) {
            thread.join();
        }
        assertThat(mostAtOnce(limiter, 50)).isEqualTo(2);
    }

    @Test
    void workThatHangsIsPassedByOneOfTheOthersAtATime() throws InterruptedException {
        var go = new CountDownLatch(1);
        var one = new ConcurrencyLimiter(1);
        List<Thread> hanging = List.of(begin(one, () -> await(go)), begin(one, () -> await(go)));
        // One more for each time that the machine stood still for as long as somebody may work.
        assertThat(mostAtOnce(one, 300)).isLessThan(20);

        go.countDown();
        for (Thread thread : hanging) {
            thread.join();
        }
    }

    @Test
    void aPermitThatWasTakenBackIsNotReleasedASecondTime() throws InterruptedException {
        var go = new CountDownLatch(1);
        var two = new ConcurrencyLimiter(2, Duration.ofSeconds(1));
        List<Thread> hanging = List.of(begin(two, () -> await(go)), begin(two, () -> await(go)));
        begin(two, () -> {}).join();

        go.countDown();
        for (Thread thread : hanging) {
            thread.join();
        }
        assertThat(mostAtOnce(two, 50)).isEqualTo(2);
    }

    @Test
    void workThatContinuesForAnotherClientWaitsForTheirPermit() throws InterruptedException {
        var unauthenticated = new ConcurrencyLimiter(1, NEVER);
        var person = new ConcurrencyLimiter(1, NEVER);
        var go = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Thread before =
                begin(
                        person,
                        () -> {
                            await(go);
                            order.add("before");
                        });
        awaitWaiting(before);
        Thread moving =
                begin(
                        unauthenticated,
                        () -> {
                            ConcurrencyLimiter.reacquireCurrent(person);
                            order.add("moving");
                            ConcurrencyLimiter.reacquireCurrent(unauthenticated);
                        });
        awaitWaiting(moving);
        begin(unauthenticated, () -> {}).join();
        Thread after = begin(person, () -> order.add("after"));
        awaitWaiting(after);
        go.countDown();

        for (Thread thread : List.of(before, moving, after)) {
            thread.join();
        }
        assertThat(order).containsExactly("before", "moving", "after");
    }

    private static int mostAtOnce(ConcurrencyLimiter limiter, int pieces)
            throws InterruptedException {
        var atWork = new AtomicInteger();
        var most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            threads.add(
                    begin(
                            limiter,
                            () -> {
                                most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                                LockSupport.parkNanos(1_000_000);
                                atWork.decrementAndGet();
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return most.get();
    }

    private Thread begin(Runnable work) {
        return begin(limiter, work);
    }

    private static Thread begin(ConcurrencyLimiter limiter, Runnable work) {
        return Thread.ofVirtual()
                .start(
                        () ->
                                limiter.call(
                                        () -> {
                                            work.run();
                                            return true;
                                        }));
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING) {
            LockSupport.parkNanos(1_000_000);
            assertThat(Thread.interrupted()).as("the time is over").isFalse();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
