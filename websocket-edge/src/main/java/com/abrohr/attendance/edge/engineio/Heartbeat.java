package com.abrohr.attendance.edge.engineio;

/**
 * When to ping a client, and when its pong is overdue. Times are nanoseconds of one monotonic
 * clock. Not thread-safe.
 */
final class Heartbeat {
    enum Due {
        NOTHING,
        PING,
        TIMEOUT
    }

    private final long interval;
    private final long timeout;
    private long at;
    private boolean awaitingPong;

    Heartbeat(EngineIoSettings settings, long now) {
        this.interval = settings.pingInterval().toNanos();
        this.timeout = settings.pingTimeout().toNanos();
        this.at = now + interval;
    }

    /** A pong without a ping changes nothing. */
    void pong(long now) {
        if (awaitingPong) {
            awaitingPong = false;
            at = now + interval;
        }
    }

    /** What the client has sent may not have been read: it gets half a time-out more. */
    void extendTimeout(long now) {
        if (awaitingPong) {
            at = Math.max(at, now + timeout / 2);
        }
    }

    /**
     * @param reachable whether a ping would reach the client now; a polling client between two
     *     requests gets it late, and no more time for it
     */
    Due due(long now, boolean reachable) {
        if (now - at < 0) {
            return Due.NOTHING;
        }
        if (awaitingPong || (!reachable && now - at >= timeout)) {
            return Due.TIMEOUT;
        }
        awaitingPong = true;
        // The client's time starts when the ping was due, unless it is the server that is late.
        boolean late = reachable && now - at > timeout / 4;
        at = (late ? now : at) + timeout;
        return Due.PING;
    }
}
