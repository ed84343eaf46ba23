package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.socketio.ClientSocket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes the sockets whose token has expired, within a second: a socket never outlives the proof it
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
        timer.scheduleWithFixedDelay(
                this::closeExpired, SCAN.toMillis(), SCAN.toMillis(), TimeUnit.MILLISECONDS);
    }

    void watch(ClientSocket socket, Instant expiresAt) {
        expiries.put(socket, expiresAt);
    }

    void forget(ClientSocket socket) {
        expiries.remove(socket);
    }

    private void closeExpired() {
        Instant now = clock.instant();
        expiries.forEach(
                (socket, expiresAt) -> {
                    if (!now.isBefore(expiresAt) && expiries.remove(socket, expiresAt)) {
                        close(socket);
                    }
                });
    }

    /** Whatever goes wrong with one socket, the scan goes on. */
    private static void close(ClientSocket socket) {
        try {
            socket.disconnect(TOKEN_EXPIRED);
        } catch (RuntimeException e) {
            log.error("a socket whose token has expired cannot be closed", e);
        }
    }
}
