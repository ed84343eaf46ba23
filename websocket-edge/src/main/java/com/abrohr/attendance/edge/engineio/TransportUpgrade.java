package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The upgrade of one session from long-polling to a WebSocket: probe, end of the waiting poll,
 * upgrade (Engine.IO protocol, "Upgrade"). Its state is guarded by the lock of the session.
 */
final class TransportUpgrade {
    /** How long an upgrade under way is given before what collides with it is answered. */
    static final long GRACE_MILLIS = 50;

    private final EngineSession session;
    private final EngineServer server;
    private final LongPolling polling;
    private @Nullable WebSocketTransport candidate;
    private boolean announced;
    private boolean probed;
    private long deadline;
    private long graceUntil;

    TransportUpgrade(EngineSession session, EngineServer server, LongPolling polling) {
        this.session = session;
        this.server = server;
        this.polling = polling;
    }

    /**
     * The handshake of a WebSocket for this session begins; the client may know of it before it is
     * offered here.
     */
    void announce() {
        synchronized (session) {
            announced = true;
        }
    }

    /** A WebSocket asks to take over; it is closed when the session has one or another asks. */
    void offer(WebSocketTransport from) {
        synchronized (session) {
            if (session.open() && session.webSocket() == null && candidate == null) {
                candidate = from;
                probed = false;
                deadline = server.now() + server.settings().upgradeTimeout().toNanos();
                return;
            }
        }
        // An upgrade under way goes first.
        server.after(GRACE_MILLIS, () -> from.writer().close(CloseReason.UNKNOWN_SESSION));
    }

    /** A packet from a WebSocket that is not the transport; dropped when it is no candidate. */
    void received(WebSocketTransport from, InboundPacket packet) {
        synchronized (session) {
            if (from != candidate) {
                return;
            }
        }
        switch (packet) {
            case InboundPacket.Probe _ -> {
                synchronized (session) {
                    probed = true;
                    startGrace();
                }
                from.writer().sendNow(OutboundPacket.PROBE_PONG);
                endPoll();
            }
            case InboundPacket.Upgrade _ -> complete(from);
            default -> session.failed(from, CloseReason.INVALID_PACKET);
        }
    }

    private void complete(WebSocketTransport from) {
        PendingPoll late = null;
        boolean complete;
        synchronized (session) {
            if (from != candidate || !session.open()) {
                return;
            }
            complete = probed;
            if (complete) {
                candidate = null;
                session.upgradeTo(from);
                late = polling.take();
            }
        }
        if (!complete) {
            session.failed(from, CloseReason.INVALID_PACKET);
            return;
        }
        if (late != null) {
            // Polling must have been paused before.
            polling.refuseLate(late);
        }
        from.writer().startFrom(session);
    }

    /** The lock is held. */
    boolean isInProgress() {
        return candidate != null || announced;
    }

    /** The lock is held. */
    void startGrace() {
        graceUntil = server.now() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        server.after(GRACE_MILLIS, this::endPoll);
    }

    /** Lets the client end its polling by answering the waiting poll with a noop. */
    private void endPoll() {
        PendingPoll ready;
        synchronized (session) {
            ready = probed ? polling.takeForUpgrade(server.now() - graceUntil >= 0) : null;
        }
        if (ready != null) {
            ready.answer(List.of(OutboundPacket.NOOP));
        }
    }

    /** The lock is held. */
    void cancel(WebSocketTransport from) {
        if (from == candidate) {
            candidate = null;
            probed = false;
        }
    }

    /** The lock is held. The WebSocket that asks, which is the caller's to close; else null. */
    @Nullable WebSocketTransport takeCandidate() {
        WebSocketTransport taken = candidate;
        candidate = null;
        return taken;
    }

    /** The lock is held. As {@link #takeCandidate}, when its time is over. */
    @Nullable WebSocketTransport takeLate(long now) {
        if (candidate == null || now - deadline < 0) {
            return null;
        }
        probed = false;
        return takeCandidate();
    }
}
