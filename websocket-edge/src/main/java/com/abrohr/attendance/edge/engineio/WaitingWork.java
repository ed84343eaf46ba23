package com.abrohr.attendance.edge.engineio;

import com.abrohr.attendance.edge.engineio.Turns.Turn;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Lets work that had to wait for its turn begin, of the whole node together on all processors but
 * one. A carrier thread of virtual threads looks for the ones that became ready first on itself,
 * then where it found the last, and only then elsewhere: where every carrier always finds the next
 * of those who wait, nobody else is ever run.
 */
final class WaitingWork {

    private static final Semaphore PLACES =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));

    private static final Queue<Turn> IN_PLACE = new ConcurrentLinkedQueue<>();

    /** No virtual thread: who is woken by one is run by its carrier before all others. */
    private static final ExecutorService DOOR = Executors.newSingleThreadExecutor(thread("turns"));

    static final ScheduledExecutorService TIMER =
            Executors.newSingleThreadScheduledExecutor(thread("turns-timer"));

    private WaitingWork() {}

    /**
     * @param started told right before it goes on
     */
    static void begin(Runnable started, Turn turn) {
        DOOR.execute(
                () -> {
                    takePlace();
                    turn.hasPlace();
                    IN_PLACE.add(turn);
                    started.run();
                    turn.goesOn();
                });
    }

    static void ended(Turn turn) {
        IN_PLACE.remove(turn);
        PLACES.release();
    }

    private static void takePlace() {
        try {
            while (!PLACES.tryAcquire(Turns.LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                Turns.endLongest(IN_PLACE, Turns.LONGEST);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private static ThreadFactory thread(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }
}
