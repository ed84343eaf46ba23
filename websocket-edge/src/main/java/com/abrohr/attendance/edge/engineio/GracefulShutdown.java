package com.abrohr.attendance.edge.engineio;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits, when an endpoint is closed, for its sessions and sockets to end in order. */
final class GracefulShutdown {
    private static final long SESSIONS_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long ANSWER_NANOS =
            TimeUnit.MILLISECONDS.toNanos(WebSocketUpgradeHandler.LINGER_MILLIS);

    private final Set<WebSocketUpgradeHandler> unanswered = ConcurrentHashMap.newKeySet();

    // Guarded by this.
    private int registered;

    private volatile boolean begun;

    void begin() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }

    /** One more session or socket to wait for, to be followed by {@link #deregister}. */
    synchronized void register() {
        registered++;
    }

    synchronized void deregister() {
        registered--;
        notifyAll();
    }

    /** The close frame of a connection is written; its client may not have answered it. */
    void closeFrameWritten(WebSocketUpgradeHandler connection) {
        if (begun) {
            unanswered.add(connection);
        }
    }

    /** Waits 5 s at most until all are deregistered, and then a second at most for the answers. */
    void await() {
        awaitSessions();
        awaitAnswers();
    }

    private synchronized void awaitSessions() {
        long until = System.nanoTime() + SESSIONS_NANOS;
        try {
            for (long left = SESSIONS_NANOS;
                    registered > 0 && left > 0;
                    left = until - System.nanoTime()) {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The web server is stopped next, and resets the sockets that it has not read to their end. */
    private void awaitAnswers() {
        long until = System.nanoTime() + ANSWER_NANOS;
        unanswered.removeIf(WebSocketUpgradeHandler::isClosed);
        while (!unanswered.isEmpty()
                && until - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            unanswered.removeIf(WebSocketUpgradeHandler::isClosed);
        }
        unanswered.clear();
    }
}
