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
 * Wakes the readers of new events some time after the first, so that more events gather, or at once
 * while a read waits for the read models.
 */
final class WakeUpTimer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WakeUpTimer.class);

    private final long nanos;
    private final Set<Runnable> readers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean gathering = new AtomicBoolean();
    private final AtomicInteger immediate = new AtomicInteger();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("projection-linger").daemon().factory());

    /**
     * @param linger how long events gather; 0 for not at all
     */
    WakeUpTimer(Duration linger) {
        this.nanos = linger.toNanos();
    }

    /** Adds what is run after {@link #changed}. */
    void add(Runnable reader) {
        readers.add(reader);
    }

    void remove(Runnable reader) {
        readers.remove(reader);
    }

    /** There are new events. */
    void changed() {
        if (nanos == 0 || immediate.get() > 0) {
            wake();
        } else if (gathering.compareAndSet(false, true)) {
            in(nanos, this::gathered);
        }
    }

    private void gathered() {
        // Before the readers are woken: a later change must wake them again. Only here, or two
        // timers would be scheduled from then on.
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
            log.debug("no reader is woken after the timer was closed", e);
        }
    }

    /** Until it is closed, readers are woken at once; now too if events have gathered. */
    Immediate immediate() {
        immediate.incrementAndGet();
        if (gathering.get()) {
            wake();
        }
        return new Immediate();
    }

    final class Immediate implements AutoCloseable {
        @Override
        public void close() {
            immediate.decrementAndGet();
        }
    }

    private void wake() {
        for (Runnable reader : readers) {
            try {
                reader.run();
            } catch (RejectedExecutionException e) {
                log.debug("a processor that is shutting down was not woken", e);
            } catch (RuntimeException | Error e) {
                log.error("a processor could not be woken; it reads the log later by itself", e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
