package com.abrohr.attendance.query.projection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets events gather: who projects them is woken some time after the first, or at once while
 * somebody waits for the read models.
 */
final class Linger implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Linger.class);

    private final long nanos;
    private final Set<Runnable> sleepers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean gathering = new AtomicBoolean();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("projection-linger").daemon().factory());

    Linger(Duration linger) {
        this.nanos = linger.toNanos();
    }

    /** From now on this is run by {@link #changed}, after a while. */
    void add(Runnable sleeper) {
        sleepers.add(sleeper);
    }

    void remove(Runnable sleeper) {
        sleepers.remove(sleeper);
    }

    /** Something is new. */
    void changed() {
        if (nanos == 0 || waiting.get() > 0) {
            wake();
        } else if (gathering.compareAndSet(false, true)) {
            in(nanos, this::gathered);
        }
    }

    private void gathered() {
        // Taken back first: what changes from here on wakes again. Nobody else takes it back, or
        // there would be two timers from then on.
        gathering.set(false);
        wake();
    }

    /** Wakes once more, later. */
    void wakeIn(long delayNanos) {
        in(delayNanos, this::wake);
    }

    private void in(long delayNanos, Runnable task) {
        try {
            var _ = timer.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("nobody is woken any more", e);
        }
    }

    /** Nothing gathers until it is closed; what has gathered is projected now. */
    Waiting waiting() {
        waiting.incrementAndGet();
        if (gathering.get()) {
            wake();
        }
        return new Waiting();
    }

    final class Waiting implements AutoCloseable {

        @Override
        public void close() {
            waiting.decrementAndGet();
        }
    }

    private void wake() {
        for (Runnable sleeper : sleepers) {
            try {
                sleeper.run();
            } catch (RejectedExecutionException e) {
                log.debug("a processor that is shutting down was not woken", e);
            } catch (RuntimeException | Error e) {
                log.error("a processor could not be woken; it looks by itself, later", e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
