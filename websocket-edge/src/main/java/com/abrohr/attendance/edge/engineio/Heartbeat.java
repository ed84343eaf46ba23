package com.abrohr.attendance.edge.engineio;

/**
 * When to ping a client, and when to give it up. Times are nanoseconds of one monotonic clock. Not
 * thread-safe.
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

    /** A pong that nobody asked for changes nothing. */
    void pong(long now) {
        if (awaitingPong) {
            awaitingPong = false;
            at = now + interval;
        }
    }

    /** What the client has sent may not have been read: it gets some time more. */
    void excuse(long now) {
        if (awaitingPong) {
            at = Math.max(at, now + timeout / 2);
        }
    }

    /**
     * @param reachable whether a ping would reach the client now. A polling client between two
     *     requests has only itself to blame for hearing of it late.
     */
    Due due(long now, boolean reachable) {
        if (now - at < 0) {
            return Due.NOTHING;
        }
        if (awaitingPong || (!reachable && now - at >= timeout)) {
            return Due.TIMEOUT;
        }
        awaitingPong = true;
        // The client's time starts when the ping was due, but a server that comes late pays for
        // that itself.
        boolean late = reachable && now - at > timeout / 4;
        at = (late ? now : at) + timeout;
        return Due.PING;
    }
}
