package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * How much is worked on at once for some clients; what comes on top waits, first come, first
 * served. Virtual threads run in the order in which they became ready, so without it a thousand
 * messages of one sender go before everybody else's next. Safe for use from any thread.
 */
public final class Turns {

    /** Whoever has worked so long goes on beside the next: one that hangs must not stop others. */
    private static final Duration LONGEST = Duration.ofMillis(100);

    /**
     * A carrier thread runs the virtual threads that were woken on it before all that became ready
     * elsewhere, so those who wake each other would starve everybody else. Who is woken by this
     * thread stands in line with the others.
     */
    private static final ExecutorService HANDING_ON =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("turns").factory());

    private static final ScopedValue<Turn> CURRENT = ScopedValue.newInstance();

    /** Held by whoever is the next. */
    private final ReentrantLock next = new ReentrantLock(true);

    private final Semaphore free;
    private final Duration longest;
    private final Queue<Turn> taken = new ConcurrentLinkedQueue<>();

    /**
     * @param atOnce how many pieces of work
     */
    public Turns(int atOnce) {
        this(atOnce, LONGEST);
    }

    Turns(int atOnce, Duration longest) {
        free = new Semaphore(atOnce);
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

    private boolean acquire() {
        try {
            next.lockInterruptibly();
            try {
                while (!free.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                    endLongest();
                }
            } finally {
                next.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return true;
    }

    private void release() {
        if (free.hasQueuedThreads()) {
            HANDING_ON.execute(free::release);
        } else {
            free.release();
        }
    }

    private void endLongest() {
        long began = System.nanoTime() - longest.toNanos();
        taken.stream().filter(turn -> turn.since - began <= 0).forEach(Turn::end);
    }

    private static final class Turn {
        private final AtomicReference<@Nullable Turns> of = new AtomicReference<>();
        private volatile long since;

        void begin(Turns turns) {
            if (turns.acquire()) {
                since = System.nanoTime();
                of.set(turns);
                turns.taken.add(this);
            }
        }

        void end() {
            Turns turns = of.getAndSet(null);
            if (turns != null) {
                turns.taken.remove(this);
                turns.release();
            }
        }
    }
}
