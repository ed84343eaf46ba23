package com.abrohr.attendance.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

@Timeout(20)
class TurnsTest {

    private final Turns turns = new Turns(2);

    @Test
    void at_most_so_many_are_worked_on_at_once() throws InterruptedException {
        var atWork = new AtomicInteger();
        var most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(
                    begin(
                            () -> {
                                most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                                LockSupport.parkNanos(1_000_000);
                                atWork.decrementAndGet();
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void who_came_first_goes_first() throws InterruptedException {
        var one = new Turns(1);
        var go = new CountDownLatch(1);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        threads.add(begin(one, () -> await(go)));
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
    void work_that_has_to_wait_lets_others_go_on() throws InterruptedException {
        var go = new CountDownLatch(1);
        Runnable waiting =
                () -> {
                    Turns.endCurrent();
                    Turns.endCurrent();
                    await(go);
                };
        List<Thread> hanging = List.of(begin(waiting), begin(waiting), begin(waiting));
        begin(() -> {}).join();

        go.countDown();
        for (Thread thread : hanging) {
            thread.join();
        }
        at_most_so_many_are_worked_on_at_once();
    }

    @Test
    void who_hangs_does_not_stop_the_others_for_ever() throws InterruptedException {
        var go = new CountDownLatch(1);
        List<Thread> hanging = List.of(begin(() -> await(go)), begin(() -> await(go)));
        begin(() -> {}).join();

        go.countDown();
        for (Thread thread : hanging) {
            thread.join();
        }
        at_most_so_many_are_worked_on_at_once();
    }

    private Thread begin(Runnable work) {
        return begin(turns, work);
    }

    private static Thread begin(Turns turns, Runnable work) {
        return Thread.ofVirtual()
                .start(
                        () ->
                                turns.take(
                                        () -> {
                                            work.run();
                                            return true;
                                        }));
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
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
