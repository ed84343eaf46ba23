package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many connections and bytes a group of clients may have, within its own bounds and those of
 * its parent. Safe for use from any thread.
 */
final class Quota {
    private final @Nullable Quota parent;
    private final long maxConnections;
    private final long maxBytes;
    private final ConcurrencyLimiter limiter;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /** Shares the limiter of the parent; without a parent nothing is limited. */
    Quota(@Nullable Quota parent, long maxConnections, long maxBytes) {
        this(
                parent,
                maxConnections,
                maxBytes,
                parent == null ? new ConcurrencyLimiter(Integer.MAX_VALUE) : parent.limiter);
    }

    Quota(@Nullable Quota parent, long maxConnections, long maxBytes, ConcurrencyLimiter limiter) {
        this.parent = parent;
        this.maxConnections = maxConnections;
        this.maxBytes = maxBytes;
        this.limiter = limiter;
    }

    /** Shared by all clients that count against this quota. */
    ConcurrencyLimiter limiter() {
        return limiter;
    }

    long connections() {
        return connections.get();
    }

    long bytes() {
        return bytes.get();
    }

    /** Whether {@link #tryAddConnection} would succeed now. */
    boolean acceptsConnection() {
        return connections.get() < maxConnections && (parent == null || parent.acceptsConnection());
    }

    /** False, and nothing counted, when the bound of this quota or a parent is reached. */
    boolean tryAddConnection() {
        if (!tryAdd(connections, 1, maxConnections)) {
            return false;
        }
        if (parent == null || parent.tryAddConnection()) {
            return true;
        }
        connections.decrementAndGet();
        return false;
    }

    void removeConnection() {
        connections.decrementAndGet();
        if (parent != null) {
            parent.removeConnection();
        }
    }

    /** False, and nothing counted, when this quota or a parent has too few bytes left. */
    boolean tryReserve(long amount) {
        if (!tryAdd(bytes, amount, maxBytes)) {
            return false;
        }
        if (parent == null || parent.tryReserve(amount)) {
            return true;
        }
        bytes.addAndGet(-amount);
        return false;
    }

    /**
     * Counts bytes that are in memory already, whatever the bound says.
     *
     * @param amount negative to free bytes
     */
    void reserve(long amount) {
        bytes.addAndGet(amount);
        if (parent != null) {
            parent.reserve(amount);
        }
    }

    private static boolean tryAdd(AtomicLong counter, long amount, long max) {
        if (counter.addAndGet(amount) <= max) {
            return true;
        }
        counter.addAndGet(-amount);
        return false;
    }
}
