package com.abrohr.attendance.query.projection;

import org.axonframework.common.AxonThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of the processor. */
final class ProjectionExecutor extends ScheduledThreadPoolExecutor {

    private static final Logger log = LoggerFactory.getLogger(ProjectionExecutor.class);

    /**
     * Axon's coordinator sleeps so long when a work package's queue of 1,024 events is full, which
     * a rebuild fills in a fraction of it.
     */
    private static final long QUEUE_FULL_MILLIS = 100;

    private static final long LOOK_AGAIN_MILLIS = 2;

    /**
     * Axon's coordinator hands events to a work package one by one and wakes it at the first. A
     * worker that began at once would project that one alone, and the others in a transaction more.
     */
    private static final long HAND_OVER_MILLIS = 2;

    private final long startMillis;

    private ProjectionExecutor(int threads, String name, long startMillis) {
        super(threads, new AxonThreadFactory(name));
        this.startMillis = startMillis;
    }

    static ProjectionExecutor ofCoordinator(String name) {
        return new ProjectionExecutor(1, "Coordinator - " + name, 0);
    }

    static ProjectionExecutor ofWorkers(int threads, String name) {
        return new ProjectionExecutor(threads, "Worker - " + name, HAND_OVER_MILLIS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        if (delay == 0) {
            return super.schedule(command, startMillis, TimeUnit.MILLISECONDS);
        }
        return unit.toMillis(delay) == QUEUE_FULL_MILLIS
                ? super.schedule(command, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                : super.schedule(command, delay, unit);
    }

    /** What a task threw stays in a future that Axon never asks. */
    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
        if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
            try {
                future.get();
            } catch (ExecutionException e) {
                log.error("a task of the projection failed", e.getCause());
                if (e.getCause() instanceof Error error) {
                    // What it stood for stays undone; whoever watches over threads shall know.
                    throw error;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
