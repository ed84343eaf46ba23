package com.abrohr.attendance.edge.engineio;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;

/**
 * Runs one session's tasks one after the other on a virtual thread that exists only while there are
 * any.
 */
final class SerialQueue {

    private static final Logger log = LoggerFactory.getLogger(SerialQueue.class);

    private final int maxTasks;
    private final long maxBytes;
    private final ArrayDeque<Task> tasks = new ArrayDeque<>(2);
    private long bytes;
    private boolean running;
    private boolean ended;

    SerialQueue(int maxTasks, long maxBytes) {
        this.maxTasks = maxTasks;
        this.maxBytes = maxBytes;
    }

    /** False when too much is waiting already. */
    synchronized boolean offer(int size, Runnable work) {
        if (ended) {
            return true;
        }
        if (tasks.size() >= maxTasks || (bytes > 0 && bytes + size > maxBytes)) {
            return false;
        }
        enqueue(new Task(work, size));
        return true;
    }

    /**
     * Outside the bound: for what the server itself has to say. False when nothing runs any more.
     */
    synchronized boolean execute(Runnable work) {
        if (!ended) {
            enqueue(new Task(work, 0));
        }
        return !ended;
    }

    /** The last task; nothing is taken after it. */
    synchronized void end(boolean dropWaiting, Runnable work) {
        if (ended) {
            return;
        }
        if (dropWaiting) {
            tasks.clear();
            bytes = 0;
        }
        enqueue(new Task(work, 0));
        ended = true;
    }

    private void enqueue(Task task) {
        tasks.add(task);
        bytes += task.size;
        if (!running) {
            running = true;
            Thread.ofVirtual().name("socket").start(this::drain);
        }
    }

    private void drain() {
        for (Task task = next(); task != null; task = next()) {
            try {
                task.work.run();
            } catch (RuntimeException | Error e) {
                log.warn("A socket's task failed", e);
            }
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Task next() {
        Task task = tasks.poll();
        if (task == null) {
            running = false;
        } else {
            bytes -= task.size;
        }
        return task;
    }

    private record Task(Runnable work, int size) {}
}
