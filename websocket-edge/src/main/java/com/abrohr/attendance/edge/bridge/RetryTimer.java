package com.abrohr.attendance.edge.bridge;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs one task again after half a second, however often it is scheduled until then. */
final class RetryTimer {
    private static final long PAUSE_MILLIS = 500;

    private final ScheduledExecutorService timer;
    private final Runnable task;

    /** A time, not a flag: should a retry be lost, the next call makes another. */
    private long next = System.nanoTime();

    RetryTimer(ScheduledExecutorService timer, Runnable task) {
        this.timer = timer;
        this.task = task;
    }

    /** Used by one thread at a time. */
    void schedule() {
        long now = System.nanoTime();
        if (now - next >= 0) {
            next = now + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
            var _ = timer.schedule(task, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
