package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Runs tasks one after the other in the order in which they came, without a thread of its own while
 * there is nothing to do. A task that fails stops none of those that follow.
 */
public final class SerialExecutor implements Executor {
    private final Executor executor;
    private final Consumer<Throwable> onFailure;

    /** Linked: an array that cannot grow for want of memory may lose what is in it. */
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    // Guarded by tasks.
    private int waiting;
    private boolean running;

    /**
     * @param executor gives a thread for as long as there are tasks
     * @param onFailure gets what a task has thrown, before the next task runs; what it throws
     *     itself is added to that as suppressed
     */
    public SerialExecutor(Executor executor, Consumer<Throwable> onFailure) {
        this.executor = executor;
        this.onFailure = onFailure;
    }

    /** Runs the task on a thread of the executor; it may block. */
    @Override
    public void execute(Runnable task) {
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
     * #execute}. For tasks that do not block: what is added meanwhile is left to the executor.
     */
    public void executeInline(Runnable task) {
        boolean inline;
        synchronized (tasks) {
            inline = !running && waiting == 0;
            if (!inline) {
                tasks.add(task);
                waiting++;
                if (running) {
                    return;
                }
            }
            running = true;
        }
        if (inline) {
            run(task);
            synchronized (tasks) {
                running = waiting > 0;
                if (!running) {
                    return;
                }
            }
        }
        dispatch();
    }

    /** Tasks that have not begun. */
    public int waiting() {
        synchronized (tasks) {
            return waiting;
        }
    }

    /** Drops the tasks that have not begun. */
    void clear() {
        synchronized (tasks) {
            tasks.clear();
            waiting = 0;
        }
    }

    private void dispatch() {
        try {
            executor.execute(this::drain);
        } catch (RuntimeException | Error e) {
            synchronized (tasks) {
                // What waits is run with whatever comes next.
                running = false;
            }
            throw e;
        }
    }

    private void drain() {
        for (Runnable task = next(); task != null; task = next()) {
            run(task);
        }
    }

    private @Nullable Runnable next() {
        synchronized (tasks) {
            Runnable task = tasks.poll();
            running = task != null;
            if (running) {
                waiting--;
            }
            return task;
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            try {
                onFailure.accept(failure);
            } catch (RuntimeException | Error again) {
                failure.addSuppressed(again);
            }
        }
    }
}
