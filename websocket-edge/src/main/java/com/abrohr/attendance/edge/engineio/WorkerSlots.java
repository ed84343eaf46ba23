package com.abrohr.attendance.edge.engineio;

import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs the work that had to wait for a permit: of the whole node on all processors but one. A
 * carrier of virtual threads first looks for work in its own queue, then in the queue where it last
 * found some, and only then elsewhere. Without a free processor it would always find more of the
 * waiting work, and nothing else would run.
 */
final class WorkerSlots {
    /** After this time work continues beside the next: work that hangs must not stop others. */
    static final Duration MAX_HOLD = Duration.ofMillis(100);

    static final ScheduledExecutorService TIMER =
            Executors.newSingleThreadScheduledExecutor(thread("limiter-timer"));

    private static final Semaphore FREE =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));

    private static final Queue<Holder> HOLDERS = new ConcurrentLinkedQueue<>();

    /** A platform thread, because a carrier runs whom a virtual thread wakes before all others. */
    private static final ExecutorService DISPATCHER =
            Executors.newSingleThreadExecutor(thread("limiter"));

    private WorkerSlots() {}

    /** Work that holds a slot or a permit. */
    interface Holder {
        /** When it began, as {@link System#nanoTime()}. */
        long startedAt();

        /** Gives back what it holds; the work itself continues. Done twice, it does nothing. */
        void release();
    }

    /**
     * Waits for a slot in the order of the calls.
     *
     * @param granted runs on the dispatcher once the holder has a slot; to be followed by {@link
     *     #release}
     */
    static void acquire(Holder holder, Runnable granted) {
        DISPATCHER.execute(
                () -> {
                    awaitFree();
                    HOLDERS.add(holder);
                    granted.run();
                });
    }

    static void release(Holder holder) {
        HOLDERS.remove(holder);
        FREE.release();
    }

    static void releaseOlderThan(Duration time, Collection<? extends Holder> holders) {
        long latest = System.nanoTime() - time.toNanos();
        holders.stream().filter(each -> each.startedAt() - latest <= 0).forEach(Holder::release);
    }

    private static void awaitFree() {
        try {
            while (!FREE.tryAcquire(MAX_HOLD.toMillis(), TimeUnit.MILLISECONDS)) {
                releaseOlderThan(MAX_HOLD, HOLDERS);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private static ThreadFactory thread(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }
}
