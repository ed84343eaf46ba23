package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Limits how many threads work for a group of clients at once; the others wait, first come, first
 * served. Virtual threads run in the order in which they became ready, so without a limit a
 * thousand messages of one sender run before the next message of anybody else. Safe for use from
 * any thread.
 */
public final class ConcurrencyLimiter {
    private static final ScopedValue<Permit> CURRENT = ScopedValue.newInstance();

    private final Duration maxHold;
    private final Queue<Permit> held = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Queue<Permit> waiting = new ArrayDeque<>();
    private int free;
    private boolean watched;

    /**
     * @param permits how many threads at once
     */
    public ConcurrencyLimiter(int permits) {
        this(permits, WorkerSlots.MAX_HOLD);
    }

    /**
     * @param maxHold a permit held for longer is taken back when the first in the queue has waited
     *     as long
     */
    ConcurrencyLimiter(int permits, Duration maxHold) {
        free = permits;
        this.maxHold = maxHold;
    }

    /** Waits for a permit and does the work; the permit that this thread had before is released. */
    public <T> T call(Supplier<T> work) {
        releaseCurrent();
        Permit permit = new Permit();
        permit.acquire(this);
        try {
            return ScopedValue.where(CURRENT, permit).call(work::get);
        } finally {
            permit.release();
        }
    }

    /** For work that is about to wait for something else, and continues without a permit. */
    public static void releaseCurrent() {
        if (CURRENT.isBound()) {
            CURRENT.get().release();
        }
    }

    /** Releases the permit of this thread and waits for one of another, or of the same, limiter. */
    static void reacquireCurrent(ConcurrencyLimiter from) {
        if (CURRENT.isBound()) {
            Permit permit = CURRENT.get();
            permit.release();
            permit.acquire(from);
        }
    }

    /** False when the permit has been added to the queue. */
    private boolean tryAcquire(Permit permit) {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                grant(permit);
                return true;
            }
            waiting.add(permit);
            if (waiting.size() == 1) {
                isFirst(permit);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void grant(Permit permit) {
        permit.startedAt = System.nanoTime();
        held.add(permit);
        permit.holder.set(this);
    }

    /** False when the permit is about to be granted. */
    private boolean cancel(Permit permit) {
        lock.lock();
        try {
            boolean wasFirst = waiting.peek() == permit;
            boolean cancelled = waiting.remove(permit);
            Permit first = waiting.peek();
            if (wasFirst && first != null) {
                isFirst(first);
            }
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    private void released(Permit permit) {
        held.remove(permit);
        lock.lock();
        try {
            Permit next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
            Permit first = waiting.peek();
            if (first != null) {
                isFirst(first);
            }
            WorkerSlots.acquire(
                    next,
                    () -> {
                        next.hasSlot = true;
                        grant(next);
                        next.resume();
                    });
        } finally {
            lock.unlock();
        }
    }

    private void isFirst(Permit permit) {
        permit.firstSince = System.nanoTime();
        if (!watched) {
            watched = true;
            watchAfter(maxHold.toNanos());
        }
    }

    private void watchAfter(long nanos) {
        var _ = WorkerSlots.TIMER.schedule(this::watch, nanos, TimeUnit.NANOSECONDS);
    }

    /** Takes back permits that are held too long when the first in the queue waits as long. */
    private void watch() {
        long left;
        lock.lock();
        try {
            Permit first = waiting.peek();
            if (first == null) {
                watched = false;
                return;
            }
            left = first.firstSince + maxHold.toNanos() - System.nanoTime();
        } finally {
            lock.unlock();
        }
        if (left <= 0) {
            WorkerSlots.releaseOlderThan(maxHold, held);
        }
        watchAfter(left <= 0 ? maxHold.toNanos() : left);
    }

    /** That of one thread, while it works, waits, or has released it. */
    private static final class Permit implements WorkerSlots.Holder {
        private final AtomicReference<@Nullable ConcurrencyLimiter> holder =
                new AtomicReference<>();
        private volatile long startedAt;
        private long firstSince;
        private volatile @Nullable Thread waiting;
        private volatile boolean hasSlot;

        private void acquire(ConcurrencyLimiter limiter) {
            waiting = Thread.currentThread();
            if (limiter.tryAcquire(this)) {
                waiting = null;
                return;
            }
            boolean interrupted = false;
            while (waiting != null) {
                LockSupport.park(limiter);
                if (Thread.interrupted()) {
                    interrupted = true;
                    if (limiter.cancel(this)) {
                        waiting = null;
                    }
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void resume() {
            Thread thread = waiting;
            waiting = null;
            LockSupport.unpark(thread);
        }

        @Override
        public long startedAt() {
            return startedAt;
        }

        @Override
        public void release() {
            ConcurrencyLimiter limiter = holder.getAndSet(null);
            if (limiter != null) {
                if (hasSlot) {
                    hasSlot = false;
                    WorkerSlots.release(this);
                }
                limiter.released(this);
            }
        }
    }
}
