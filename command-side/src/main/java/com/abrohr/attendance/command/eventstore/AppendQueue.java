package com.abrohr.attendance.command.eventstore;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Appends in order of arrival, bounded in rows and bytes. Many offer, one takes. */
final class AppendQueue {
    private final int maxRows;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Deque<PendingAppend> waiting = new ArrayDeque<>();
    private int rows;
    private long bytes;
    private boolean closed;

    AppendQueue(int maxRows, long maxBytes) {
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    /** Answers false when the bounds are reached or the queue is closed; it never waits. */
    boolean offer(PendingAppend append) {
        lock.lock();
        try {
            boolean full =
                    !waiting.isEmpty()
                            && (rows + append.rows().size() > maxRows
                                    || bytes + append.size() > maxBytes);
            if (closed || full) {
                return false;
            }
            waiting.addLast(append);
            count(append, 1);
            notEmpty.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Puts back what was taken, before everything else and in its order, bounds or not. */
    void putBack(List<PendingAppend> appends) {
        lock.lock();
        try {
            for (PendingAppend append : appends.reversed()) {
                waiting.addFirst(append);
                count(append, 1);
            }
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for appends and takes what fits one batch, at least one. Appends whose callers have
     * left are dropped.
     *
     * @return empty when none came in time, or none will because the queue is closed
     */
    List<PendingAppend> take(int batchRows, long batchBytes, Duration timeout)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            List<PendingAppend> batch = new ArrayList<>();
            while (batch.isEmpty()) {
                while (waiting.isEmpty()) {
                    if (closed || left <= 0) {
                        return List.of();
                    }
                    left = notEmpty.awaitNanos(left);
                }
                fill(batch, batchRows, batchBytes);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is closed and everything was taken. */
    boolean isDrained() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void fill(List<PendingAppend> batch, int batchRows, long batchBytes) {
        int takenRows = 0;
        long takenBytes = 0;
        while (!waiting.isEmpty()) {
            PendingAppend next = waiting.getFirst();
            takenRows += next.rows().size();
            takenBytes += next.size();
            if (!batch.isEmpty() && (takenRows > batchRows || takenBytes > batchBytes)) {
                return;
            }
            waiting.removeFirst();
            count(next, -1);
            if (next.take()) {
                batch.add(next);
            }
        }
    }

    private void count(PendingAppend append, int sign) {
        rows += sign * append.rows().size();
        bytes += (long) sign * append.size();
    }

    /** Takes no more offers; what is queued can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
