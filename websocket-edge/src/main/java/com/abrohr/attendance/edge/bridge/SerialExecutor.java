package com.abrohr.attendance.edge.bridge;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Runs tasks one after the other in the order in which they came, without a thread of its own while
 * there is nothing to do. A task that fails stops none of those that follow.
 */
final class SerialExecutor {

    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

    private final Executor executor;
    private final Runnable afterFailure;
    private final Runnable drain = this::drain;

    /** Linked: an array that cannot grow for want of memory may lose what is in it. */
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    // Guarded by tasks.
    private int waiting;
    private boolean running;

    /**
     * @param afterFailure runs in place of the rest of a task that failed, before the next one
     */
    SerialExecutor(Executor executor, Runnable afterFailure) {
        this.executor = executor;
        this.afterFailure = afterFailure;
    }

    /** Runs the task on a thread of the executor, whatever it waits for. */
    void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            waiting++;
            if (running) {
                return;
            }
            running = true;
        }
        dispatch();
    }

    /**
     * Runs the task on the calling thread if nothing else runs or waits, otherwise like {@link
     * #execute}. For tasks that wait for nothing: whatever comes meanwhile is left to the executor.
     */
    void executeHere(Runnable task) {
        boolean here;
        synchronized (tasks) {
            here = !running && waiting == 0;
            if (!here) {
                tasks.add(task);
                waiting++;
                if (running) {
                    return;
                }
            }
            running = true;
        }
        if (here) {
            run(task);
            if (isDone()) {
                return;
            }
        }
        dispatch();
    }

    /** Tasks that have not begun. */
    int waiting() {
        synchronized (tasks) {
            return waiting;
        }
    }

    private void dispatch() {
        try {
            executor.execute(drain);
        } catch (RuntimeException | Error e) {
            synchronized (tasks) {
                // What waits is run with whatever comes next.
                running = false;
            }
            throw e;
        }
    }

    private void drain() {
        while (!isDone()) {
            Runnable next;
            synchronized (tasks) {
                next = tasks.remove();
                waiting--;
            }
            run(next);
        }
    }

    private boolean isDone() {
        synchronized (tasks) {
            running = waiting > 0;
            return !running;
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            failed(failure);
        }
    }

    private void failed(Throwable failure) {
        try {
            afterFailure.run();
            log.error("a task of a company's feed failed", failure);
        } catch (RuntimeException | Error again) {
            failure.addSuppressed(again);
        }
        if (failure instanceof Error) {
            // Not thrown: the thread may belong to somebody else, and other tasks wait for this
            // one.
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        }
    }
}
