package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.socketio.ClientSocket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes the sockets whose token has expired, within a second: a socket never outlives the token it
 * was opened with.
 */
final class SessionExpiry {
    private static final Logger log = LoggerFactory.getLogger(SessionExpiry.class);

    /** Documented in docs/protocol.md. */
    static final CloseReason TOKEN_EXPIRED = CloseReason.application(4100, "token expired");

    private static final Duration SCAN = Duration.ofSeconds(1);

    private final ConcurrentMap<ClientSocket, Instant> expiries = new ConcurrentHashMap<>();
    private final Clock clock;

    SessionExpiry(Clock clock, ScheduledExecutorService timer) {
        this.clock = clock;
        var _ =
                timer.scheduleWithFixedDelay(
                        this::scan, SCAN.toMillis(), SCAN.toMillis(), TimeUnit.MILLISECONDS);
    }

    void watch(ClientSocket socket, Instant expiresAt) {
        expiries.put(socket, expiresAt);
    }

    void forget(ClientSocket socket) {
        expiries.remove(socket);
    }

    private void scan() {
        try {
            closeExpired();
        } catch (Error e) {
            // Not thrown: the timer would not run again.
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /**
     * A failure of one socket does not stop the others; the next scan tries it again.
     *
     * @throws Error the first that was met, when all are done
     */
    void closeExpired() {
        Instant now = clock.instant();
        Error first = null;
        for (Map.Entry<ClientSocket, Instant> entry : expiries.entrySet()) {
            try {
                closeIfExpired(entry.getKey(), entry.getValue(), now);
            } catch (RuntimeException e) {
                log.error("a socket whose token has expired cannot be closed", e);
            } catch (Error e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void closeIfExpired(ClientSocket socket, Instant expiresAt, Instant now) {
        if (now.isBefore(expiresAt) || !expiries.remove(socket, expiresAt)) {
            return;
        }
        boolean closed = false;
        try {
            socket.disconnect(TOKEN_EXPIRED);
            closed = true;
        } finally {
            if (!closed) {
                expiries.putIfAbsent(socket, expiresAt);
            }
        }
    }
}
