package com.abrohr.attendance.edge.bridge;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs one task again a little later, however often that is asked for meanwhile. */
final class Retries {

    private static final long PAUSE_MS = 500;

    private final ScheduledExecutorService timer;
    private final Runnable task;

    /** A time, not a flag: should a retry be lost, the next occasion makes another. */
    private long next = System.nanoTime();

    Retries(ScheduledExecutorService timer, Runnable task) {
        this.timer = timer;
        this.task = task;
    }

    /** Used by one thread at a time. */
    void later() {
        long now = System.nanoTime();
        if (now - next >= 0) {
            next = now + TimeUnit.MILLISECONDS.toNanos(PAUSE_MS);
            timer.schedule(task, PAUSE_MS, TimeUnit.MILLISECONDS);
        }
    }
}
