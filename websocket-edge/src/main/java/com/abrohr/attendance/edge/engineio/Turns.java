package com.abrohr.attendance.edge.engineio;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
        Turn turn = new Turn(await());
        try {
            return ScopedValue.where(CURRENT, turn).call(work::get);
        } finally {
            turn.end();
        }
    }

    /** For work that goes on but may have to wait, or is no longer counted here. */
    public static void endCurrent() {
        if (CURRENT.isBound()) {
            CURRENT.get().end();
        }
    }

    private boolean await() {
        try {
            return free.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private final class Turn {
        private final AtomicBoolean held;

        Turn(boolean held) {
            this.held = new AtomicBoolean(held);
        }

        void end() {
            if (held.compareAndSet(true, false)) {
                free.release();
            }
        }
    }
}
