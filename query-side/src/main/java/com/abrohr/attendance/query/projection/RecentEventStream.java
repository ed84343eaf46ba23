package com.abrohr.attendance.query.projection;

import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One reader's place in the log. It reads the database only where memory does not go on and there
 * is a reason to think that the log does. Axon's coordinator may look on one thread while another
 * has begun to read, hence the lock.
 */
final class RecentEventStream implements BlockingStream<TrackedEventMessage<?>> {

    /** How old a look at the log may be when nobody said that it has grown. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * A signal after which memory went on was most likely about just that. If it was not, the next
     * event of this node shows the gap, or this look does.
     */
    private static final long LOOK_BEHIND_MEMORY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final StreamableMessageSource<TrackedEventMessage<?>> source;
    private final EventRing ring;
    private final Linger linger;
    private final ReentrantLock lock = new ReentrantLock();
    private final Runnable wake = this::wake;

    private volatile Runnable callback = () -> {};
    private volatile boolean signalled;
    private volatile boolean lookDue;
    private @Nullable TrackingToken token;
    private long position;
    private @Nullable TrackedEventMessage<?> next;

    private BlockingStream<TrackedEventMessage<?>> log;
    private long logPosition;
    private long lookedAt = System.nanoTime() - LOOK_NANOS;
    private boolean logGoesOn = true;
    private boolean fedFromMemory;
    private boolean lookScheduled;
    private boolean closed;

    RecentEventStream(
            StreamableMessageSource<TrackedEventMessage<?>> source,
            EventRing ring,
            Linger linger,
            @Nullable TrackingToken token) {
        this.source = source;
        this.ring = ring;
        this.linger = linger;
        this.token = token;
        this.position = positionOf(token);
        this.log = openLog();
        linger.add(wake);
    }

    private static long positionOf(@Nullable TrackingToken token) {
        return token == null ? 0 : token.position().orElse(0);
    }

    private BlockingStream<TrackedEventMessage<?>> openLog() {
        BlockingStream<TrackedEventMessage<?>> opened = source.openStream(token);
        opened.setOnAvailableCallback(
                () -> {
                    signalled = true;
                    linger.changed();
                });
        logPosition = position;
        return opened;
    }

    private void wake() {
        ring.release();
        if (signalled) {
            signalled = false;
            lookDue = true;
        }
        callback.run();
    }

    @Override
    public boolean setOnAvailableCallback(Runnable onAvailable) {
        callback = onAvailable;
        return true;
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        while (!look()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            LockSupport.parkNanos(PARK_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        lock.lock();
        try {
            return hasNextAvailable() ? Optional.ofNullable(next) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (true) {
            lock.lockInterruptibly();
            try {
                if (look()) {
                    TrackedEventMessage<?> taken = Objects.requireNonNull(next);
                    next = null;
                    token = taken.trackingToken();
                    position = positionOf(token);
                    return taken;
                }
            } finally {
                lock.unlock();
            }
            hasNextAvailable(Integer.MAX_VALUE, TimeUnit.MILLISECONDS);
        }
    }

    private boolean look() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (next != null || closed) {
                return next != null;
            }
            next = ring.at(position + 1);
            if (next != null) {
                fedFromMemory = true;
                logGoesOn = false;
                return true;
            }
            return isLookWorthwhile() && readLog();
        } finally {
            lock.unlock();
        }
    }

    private boolean isLookWorthwhile() {
        long since = System.nanoTime() - lookedAt;
        if (logGoesOn || ring.released() > position || since >= LOOK_NANOS) {
            return true;
        }
        if (lookDue && fedFromMemory && since < LOOK_BEHIND_MEMORY_NANOS) {
            if (!lookScheduled) {
                lookScheduled = true;
                linger.wakeIn(LOOK_BEHIND_MEMORY_NANOS - since);
            }
            return false;
        }
        return lookDue;
    }

    private boolean readLog() throws InterruptedException {
        if (logPosition != position) {
            BlockingStream<TrackedEventMessage<?>> before = log;
            log = openLog();
            before.close();
        }
        lookDue = false;
        lookScheduled = false;
        fedFromMemory = false;
        lookedAt = System.nanoTime();
        logGoesOn = log.hasNextAvailable(0, TimeUnit.NANOSECONDS);
        if (logGoesOn) {
            next = log.nextAvailable();
            logPosition = positionOf(next.trackingToken());
        }
        return logGoesOn;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            linger.remove(wake);
            log.close();
        } finally {
            lock.unlock();
        }
    }
}
