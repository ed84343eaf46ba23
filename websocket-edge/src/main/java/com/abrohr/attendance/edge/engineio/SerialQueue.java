package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Runs one session's tasks one after the other on a virtual thread that exists only while there are
 * any. It is full when more bytes wait than it should hold; then whoever fills it is to stop until
 * half of them are handled.
 */
final class SerialQueue {

    private static final Logger log = LoggerFactory.getLogger(SerialQueue.class);

    private final long most;
    private final Runnable onRoom;
    private final ArrayDeque<Task> tasks = new ArrayDeque<>(2);
    private long bytes;
    private boolean full;
    private boolean running;
    private boolean ended;

    /**
     * @param onRoom called after the queue was full, before it takes more again
     */
    SerialQueue(long most, Runnable onRoom) {
        this.most = most;
        this.onRoom = onRoom;
    }

    synchronized void offer(int size, Runnable work) {
        if (!ended) {
            enqueue(new Task(work, size));
            full |= bytes > most;
        }
    }

    /** For what the server itself has to say. False when nothing runs any more. */
    synchronized boolean execute(Runnable work) {
        if (!ended) {
            enqueue(new Task(work, 0));
        }
        return !ended;
    }

    synchronized boolean isFull() {
        return full;
    }

    /** Waits until there is room, or the time is over. */
    synchronized void awaitRoom(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; full && left > 0; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
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
        full = false;
        notifyAll();
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
            run(task.work);
            if (makesRoom(task.size)) {
                run(onRoom);
                takeMore();
            }
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            log.warn("A socket's task failed", e);
        }
    }

    private synchronized @Nullable Task next() {
        Task task = tasks.poll();
        if (task == null) {
            running = false;
        }
        return task;
    }

    private synchronized boolean makesRoom(int handled) {
        bytes = Math.max(0, bytes - handled);
        return full && bytes <= most / 2;
    }

    private synchronized void takeMore() {
        full = false;
        notifyAll();
    }

    private record Task(Runnable work, int size) {}
}
