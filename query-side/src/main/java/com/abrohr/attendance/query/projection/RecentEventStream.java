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
 * One reader's position in the log. It reads the database only where memory has no next event and
 * the log may have one. Axon's coordinator may look on one thread while another reads, hence the
 * lock.
 */
final class RecentEventStream implements BlockingStream<TrackedEventMessage<?>> {
    /** How often the log is read when nothing signalled that it has grown. */
    private static final long POLL_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * A signal while events come from memory was most likely about those. If it was not, the next
     * event of this node shows the gap, or a read after this time does.
     */
    private static final long READ_BEHIND_MEMORY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final StreamableMessageSource<TrackedEventMessage<?>> source;
    private final EventRingBuffer ring;
    private final WakeUpTimer wakeUps;
    private final ReentrantLock lock = new ReentrantLock();
    private final Runnable wake = this::wake;

    private volatile Runnable callback = () -> {};
    private volatile boolean signalled;
    private volatile boolean readDue;
    private @Nullable TrackingToken token;
    private long position;
    private @Nullable TrackedEventMessage<?> next;

    private BlockingStream<TrackedEventMessage<?>> log;
    private long logPosition;
    private long lastRead = System.nanoTime() - POLL_NANOS;
    private boolean logHasMore = true;
    private boolean lastFromMemory;
    private boolean readScheduled;
    private boolean closed;

    RecentEventStream(
            StreamableMessageSource<TrackedEventMessage<?>> source,
            EventRingBuffer ring,
            WakeUpTimer wakeUps,
            @Nullable TrackingToken token) {
        this.source = source;
        this.ring = ring;
        this.wakeUps = wakeUps;
        this.token = token;
        this.position = positionOf(token);
        this.log = openLog();
        wakeUps.add(wake);
    }

    private static long positionOf(@Nullable TrackingToken token) {
        return token == null ? 0 : token.position().orElse(0);
    }

    private BlockingStream<TrackedEventMessage<?>> openLog() {
        BlockingStream<TrackedEventMessage<?>> opened = source.openStream(token);
        opened.setOnAvailableCallback(
                () -> {
                    signalled = true;
                    wakeUps.changed();
                });
        logPosition = position;
        return opened;
    }

    private void wake() {
        ring.release();
        if (signalled) {
            signalled = false;
            readDue = true;
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
        while (!findNext()) {
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
                if (findNext()) {
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

    private boolean findNext() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (next != null || closed) {
                return next != null;
            }
            next = ring.at(position + 1);
            if (next != null) {
                lastFromMemory = true;
                logHasMore = false;
                return true;
            }
            return shouldReadLog() && readLog();
        } finally {
            lock.unlock();
        }
    }

    private boolean shouldReadLog() {
        long since = System.nanoTime() - lastRead;
        if (logHasMore || ring.released() > position || since >= POLL_NANOS) {
            return true;
        }
        if (readDue && lastFromMemory && since < READ_BEHIND_MEMORY_NANOS) {
            if (!readScheduled) {
                readScheduled = true;
                wakeUps.wakeIn(READ_BEHIND_MEMORY_NANOS - since);
            }
            return false;
        }
        return readDue;
    }

    private boolean readLog() throws InterruptedException {
        if (logPosition != position) {
            BlockingStream<TrackedEventMessage<?>> before = log;
            log = openLog();
            before.close();
        }
        readDue = false;
        readScheduled = false;
        lastFromMemory = false;
        lastRead = System.nanoTime();
        logHasMore = log.hasNextAvailable(0, TimeUnit.NANOSECONDS);
        if (logHasMore) {
            next = log.nextAvailable();
            logPosition = positionOf(next.trackingToken());
        }
        return logHasMore;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wakeUps.remove(wake);
            log.close();
        } finally {
            lock.unlock();
        }
    }
}
