package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/**
 * The bytes in memory for one connection, charged to its quota in whole blocks, so that an idle or
 * quick client costs no accounting. Safe for use from any thread.
 */
final class ConnectionMemory {
    private static final int BLOCK = 4_096;

    private Quotas.@Nullable Lease lease;

    /** The connection, and each request whose body or response is in memory for it. */
    private int references = 1;

    private long bytes;
    private long charged;

    ConnectionMemory(Quotas.Lease lease) {
        this.lease = lease;
    }

    /** False, and nothing changed, when the quota has too few bytes left. */
    synchronized boolean tryReserve(long amount) {
        long due = due(bytes + amount);
        if (lease != null && due > charged && !lease.quota().tryReserve(due - charged)) {
            return false;
        }
        charged = Math.max(charged, due);
        bytes += amount;
        return true;
    }

    /** For bytes that are in memory already, whatever the quota says. */
    synchronized void reserve(long amount) {
        bytes += amount;
        long due = due(bytes);
        if (lease != null && due != charged) {
            lease.quota().reserve(due - charged);
            charged = due;
        }
    }

    void free(long amount) {
        reserve(-amount);
    }

    /** The first block is free: it goes with the connection, and connections are bounded. */
    private static long due(long bytes) {
        return bytes <= BLOCK ? 0 : Math.ceilDiv(bytes, BLOCK) * BLOCK;
    }

    /** Moves to the client's quota; false, and nothing changed, when that has no room. */
    synchronized boolean bind(Quotas quotas, ClientIdentity client) {
        Quotas.Lease before = lease;
        if (before == null) {
            return true;
        }
        Quotas.Lease after = quotas.bind(client, before);
        if (after == null) {
            return false;
        }
        after.quota().reserve(charged);
        before.quota().reserve(-charged);
        before.end().run();
        lease = after;
        return true;
    }

    /** Does work for the client when the limiter of its quota permits it. */
    <T> T withPermit(Supplier<T> work) {
        ConcurrencyLimiter limiter = limiter();
        return limiter == null ? work.get() : limiter.call(work);
    }

    /** That of the quota; null after the last {@link #release}. */
    synchronized @Nullable ConcurrencyLimiter limiter() {
        return lease == null ? null : lease.quota().limiter();
    }

    /** One more user of this memory, to be followed by {@link #release}. */
    synchronized void retain() {
        references++;
    }

    /** The last one gives everything back to the quota; nothing is counted from then on. */
    synchronized void release() {
        references--;
        Quotas.Lease last = lease;
        if (references == 0 && last != null) {
            last.quota().reserve(-charged);
            last.end().run();
            last.endOfAddress().run();
            lease = null;
            charged = 0;
        }
    }
}
