package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many connections and bytes somebody has, within a limit and within what all of their kind may
 * have together. Safe for use from any thread.
 */
final class Account {

    private final @Nullable Account whole;
    private final long maxConnections;
    private final long maxBytes;
    private final Turns turns;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /** Its turns are those of the whole. */
    Account(@Nullable Account whole, long maxConnections, long maxBytes) {
        this(
                whole,
                maxConnections,
                maxBytes,
                whole == null ? new Turns(Integer.MAX_VALUE) : whole.turns);
    }

    Account(@Nullable Account whole, long maxConnections, long maxBytes, Turns turns) {
        this.whole = whole;
        this.maxConnections = maxConnections;
        this.maxBytes = maxBytes;
        this.turns = turns;
    }

    /** Those of everybody who is counted here. */
    Turns turns() {
        return turns;
    }

    long connections() {
        return connections.get();
    }

    long bytes() {
        return bytes.get();
    }

    /** Whether one more connection would be counted now. */
    boolean hasPlace() {
        return connections.get() < maxConnections && (whole == null || whole.hasPlace());
    }

    /** Counts a connection; false, and nothing counted, when there are enough. */
    boolean enter() {
        if (!added(connections, 1, maxConnections)) {
            return false;
        }
        if (whole == null || whole.enter()) {
            return true;
        }
        connections.decrementAndGet();
        return false;
    }

    void leave() {
        connections.decrementAndGet();
        if (whole != null) {
            whole.leave();
        }
    }

    /** Counts bytes; false, and nothing counted, when there is no room for them. */
    boolean take(long amount) {
        if (!added(bytes, amount, maxBytes)) {
            return false;
        }
        if (whole == null || whole.take(amount)) {
            return true;
        }
        bytes.addAndGet(-amount);
        return false;
    }

    /** Counts bytes that are there already, whether there is room or not. */
    void force(long amount) {
        bytes.addAndGet(amount);
        if (whole != null) {
            whole.force(amount);
        }
    }

    void give(long amount) {
        force(-amount);
    }

    private static boolean added(AtomicLong counter, long amount, long most) {
        if (counter.addAndGet(amount) <= most) {
            return true;
        }
        counter.addAndGet(-amount);
        return false;
    }
}
