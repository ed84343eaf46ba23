package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * How much is worked on at once for some clients; what comes on top waits, first come, first
 * served. Virtual threads run in the order in which they became ready, so without it a thousand
 * messages of one sender go before everybody else's next. Safe for use from any thread.
 */
public final class Turns {

    /** Whoever has worked so long goes on beside the next: one that hangs must not stop others. */
    static final Duration LONGEST = Duration.ofMillis(100);

    private static final ScopedValue<Turn> CURRENT = ScopedValue.newInstance();

    private final Duration longest;
    private final Queue<Turn> taken = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Queue<Turn> waiting = new ArrayDeque<>();
    private int free;
    private boolean watched;

    /**
     * @param atOnce how many pieces of work
     */
    public Turns(int atOnce) {
        this(atOnce, LONGEST);
    }

    Turns(int atOnce, Duration longest) {
        free = atOnce;
        this.longest = longest;
    }

    /** Does the work when its turn comes; another turn of this thread ends. */
    public <T> T take(Supplier<T> work) {
        endCurrent();
        Turn turn = new Turn();
        turn.begin(this);
        try {
            return ScopedValue.where(CURRENT, turn).call(work::get);
        } finally {
            turn.end();
        }
    }

    /** For work that goes on but has to wait for something else. */
    public static void endCurrent() {
        if (CURRENT.isBound()) {
            CURRENT.get().end();
        }
    }

    /** For work that goes on behind others, perhaps as somebody else's: waits for another turn. */
    static void moveCurrent(Turns to) {
        if (CURRENT.isBound()) {
            Turn turn = CURRENT.get();
            turn.end();
            turn.begin(to);
        }
    }

    private boolean beginsAtOnce(Turn turn) {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                started(turn);
                return true;
            }
            waiting.add(turn);
            if (waiting.size() == 1) {
                isNext(turn);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void started(Turn turn) {
        turn.since = System.nanoTime();
        taken.add(turn);
        turn.of.set(this);
    }

    /** False when the turn is about to begin. */
    private boolean stopsWaiting(Turn turn) {
        lock.lock();
        try {
            boolean wasNext = waiting.peek() == turn;
            boolean waited = waiting.remove(turn);
            Turn next = waiting.peek();
            if (wasNext && next != null) {
                isNext(next);
            }
            return waited;
        } finally {
            lock.unlock();
        }
    }

    private void ended(Turn turn) {
        taken.remove(turn);
        lock.lock();
        try {
            Turn next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
            Turn afterNext = waiting.peek();
            if (afterNext != null) {
                isNext(afterNext);
            }
            WaitingWork.begin(() -> started(next), next);
        } finally {
            lock.unlock();
        }
    }

    private void isNext(Turn turn) {
        turn.nextSince = System.nanoTime();
        if (!watched) {
            watched = true;
            watchIn(longest.toNanos());
        }
    }

    private void watchIn(long nanos) {
        WaitingWork.TIMER.schedule(this::watch, nanos, TimeUnit.NANOSECONDS);
    }

    /** Whoever is next and has waited for the longest time ends the turns that lasted as long. */
    private void watch() {
        long left;
        lock.lock();
        try {
            Turn next = waiting.peek();
            if (next == null) {
                watched = false;
                return;
            }
            left = next.nextSince + longest.toNanos() - System.nanoTime();
        } finally {
            lock.unlock();
        }
        if (left <= 0) {
            endLongest(taken, longest);
        }
        watchIn(left <= 0 ? longest.toNanos() : left);
    }

    static void endLongest(Collection<Turn> turns, Duration longest) {
        long began = System.nanoTime() - longest.toNanos();
        turns.stream().filter(turn -> turn.since - began <= 0).forEach(Turn::end);
    }

    static final class Turn {
        private final AtomicReference<@Nullable Turns> of = new AtomicReference<>();
        private volatile long since;
        private long nextSince;
        private volatile @Nullable Thread waiting;

        /** Whether it had to wait, and so works in one of the places of those. */
        private volatile boolean inPlace;

        private void begin(Turns turns) {
            waiting = Thread.currentThread();
            if (turns.beginsAtOnce(this)) {
                waiting = null;
                return;
            }
            boolean interrupted = false;
            while (waiting != null) {
                LockSupport.park(turns);
                if (Thread.interrupted()) {
                    interrupted = true;
                    if (turns.stopsWaiting(this)) {
                        waiting = null;
                    }
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void hasPlace() {
            inPlace = true;
        }

        /** It has waited enough. */
        void goesOn() {
            Thread thread = waiting;
            waiting = null;
            LockSupport.unpark(thread);
        }

        void end() {
            Turns turns = of.getAndSet(null);
            if (turns != null) {
                if (inPlace) {
                    inPlace = false;
                    WaitingWork.ended(this);
                }
                turns.ended(this);
            }
        }
    }
}
