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

/** The threads of the processor, with the delays of Axon's tasks adapted. */
final class ProjectionExecutor extends ScheduledThreadPoolExecutor {
    private static final Logger log = LoggerFactory.getLogger(ProjectionExecutor.class);

    /**
     * Axon's coordinator waits so long when a work package's queue of 1,024 events is full. A
     * rebuild empties the queue in a fraction of it.
     */
    private static final long QUEUE_FULL_MILLIS = 100;

    private static final long QUEUE_RETRY_MILLIS = 2;

    /**
     * Axon's coordinator gives events to a work package one by one and wakes it at the first. A
     * worker that started at once would project that one alone, and the others in a second
     * transaction.
     */
    private static final long WORKER_DELAY_MILLIS = 2;

    private final long startMillis;

    private ProjectionExecutor(int threads, String name, long startMillis) {
        super(threads, new AxonThreadFactory(name));
        this.startMillis = startMillis;
    }

    static ProjectionExecutor ofCoordinator(String name) {
        return new ProjectionExecutor(1, "Coordinator - " + name, 0);
    }

    static ProjectionExecutor ofWorkers(int threads, String name) {
        return new ProjectionExecutor(threads, "Worker - " + name, WORKER_DELAY_MILLIS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        if (delay == 0) {
            return super.schedule(command, startMillis, TimeUnit.MILLISECONDS);
        }
        return unit.toMillis(delay) == QUEUE_FULL_MILLIS
                ? super.schedule(command, QUEUE_RETRY_MILLIS, TimeUnit.MILLISECONDS)
                : super.schedule(command, delay, unit);
    }

    /** What a task threw is in a future that Axon never reads. */
    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
        if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
            try {
                future.get();
            } catch (ExecutionException e) {
                log.error("a task of the projection failed", e.getCause());
                if (e.getCause() instanceof Error error) {
                    // For the thread's handler of uncaught exceptions.
                    throw error;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
