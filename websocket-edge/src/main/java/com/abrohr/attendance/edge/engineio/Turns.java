package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * How much is worked on at once for some clients; what comes on top waits, first come, first
 * served. Virtual threads run in the order in which they became ready, so without it a thousand
 * messages of one sender go before everybody else's next. Safe for use from any thread.
 */
public final class Turns {

    /** Whoever has waited so long is worked on as well, lest one that hangs stops all others. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final ScopedValue<Turn> CURRENT = ScopedValue.newInstance();

    private final Semaphore free;

    /**
     * @param atOnce how many pieces of work
     */
    public Turns(int atOnce) {
        free = new Semaphore(atOnce, true);
    }

    /** Does the work when its turn comes. */
    public <T> T take(Supplier<T> work) {
        Turn turn = new Turn(acquired());
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

    /** For work that goes on as that of others: it ends its turn and waits for one of theirs. */
    static void moveCurrent(Turns to) {
        if (CURRENT.isBound()) {
            Turn turn = CURRENT.get();
            turn.end();
            turn.held.set(to.acquired());
        }
    }

    /** What is to be given back; null after the longest wait. */
    private @Nullable Semaphore acquired() {
        try {
            if (free.tryAcquire(0, TimeUnit.MILLISECONDS)) {
                return free;
            }
            boolean acquired = free.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            // A carrier thread runs those that were woken on it before all that came from outside,
            // and each who ends a turn wakes the next. A yield takes its place behind the others.
            Thread.yield();
            return acquired ? free : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static final class Turn {
        private final AtomicReference<@Nullable Semaphore> held;

        Turn(@Nullable Semaphore held) {
            this.held = new AtomicReference<>(held);
        }

        void end() {
            Semaphore taken = held.getAndSet(null);
            if (taken != null) {
                taken.release();
            }
        }
    }
}
