package com.abrohr.attendance.command.eventstore;

import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream that reads only when there is news. Axon's coordinator may look at a stream on one
 * thread while a callback has already made it run on another, which the plain stream does not bear,
 * hence the lock.
 */
final class SignalledStream implements TrackingEventStream {
    private static final long NEVER = -1;

    private final TrackingEventStream delegate;
    private final LogSignal signal;
    private final long fallbackNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private LogSignal.@Nullable Subscription subscription;
    private long emptyAtVersion = NEVER;
    private long emptySince;
    private boolean closed;

    SignalledStream(TrackingEventStream delegate, LogSignal signal, Duration fallbackPoll) {
        this.delegate = delegate;
        this.signal = signal;
        this.fallbackNanos = fallbackPoll.toNanos();
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        lock.lock();
        try {
            if (subscription != null) {
                subscription.close();
            }
            subscription = closed ? null : signal.subscribe(callback);
        } finally {
            lock.unlock();
        }
        return true;
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        while (true) {
            long version = signal.version();
            if (look(version)) {
                return true;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            signal.awaitNewerThan(version, Math.min(left, fallbackNanos));
        }
    }

    private boolean look(long version) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean nothingNew =
                    emptyAtVersion == version && System.nanoTime() - emptySince < fallbackNanos;
            if (closed || nothingNew) {
                return false;
            }
            boolean available = delegate.hasNextAvailable(0, TimeUnit.NANOSECONDS);
            emptyAtVersion = available ? NEVER : version;
            emptySince = System.nanoTime();
            return available;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        lock.lock();
        try {
            return delegate.peek();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (true) {
            hasNextAvailable(Integer.MAX_VALUE, TimeUnit.MILLISECONDS);
            lock.lockInterruptibly();
            try {
                // another thread may have taken what the look has found
                if (delegate.hasNextAvailable(0, TimeUnit.NANOSECONDS)) {
                    return delegate.nextAvailable();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> ignoredMessage) {
        delegate.skipMessagesWithPayloadTypeOf(ignoredMessage);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (subscription != null) {
                subscription.close();
                subscription = null;
            }
            delegate.close();
        } finally {
            lock.unlock();
        }
    }
}
