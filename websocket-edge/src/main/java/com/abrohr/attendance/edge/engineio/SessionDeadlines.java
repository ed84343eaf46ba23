package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * What happens to one session by the clock: pings and their time-outs, the end of an upgrade that
 * takes too long, and the deadline of the layer above. Guarded by the lock of the session.
 */
final class SessionDeadlines {
    private final EngineSession session;
    private final EngineServer server;
    private final InboundQueue inbound;
    private final OutboundQueue outbound;
    private final Heartbeat heartbeat;
    private long deadline;
    private @Nullable CloseReason deadlineReason;

    SessionDeadlines(
            EngineSession session,
            EngineServer server,
            InboundQueue inbound,
            OutboundQueue outbound) {
        this.session = session;
        this.server = server;
        this.inbound = inbound;
        this.outbound = outbound;
        heartbeat = new Heartbeat(server.settings(), server.now());
    }

    void closeAfter(Duration time, CloseReason reason) {
        synchronized (session) {
            deadline = server.now() + time.toNanos();
            deadlineReason = reason;
        }
    }

    void cancel() {
        synchronized (session) {
            deadlineReason = null;
        }
    }

    void pong() {
        synchronized (session) {
            heartbeat.pong(server.now());
        }
    }

    /** A pong may be among what was not read while the inbound queue was full. */
    void extendPingTimeout() {
        synchronized (session) {
            heartbeat.extendTimeout(server.now());
        }
    }

    /** Does what is due. */
    void tick(long now) {
        CloseReason due = null;
        boolean ping = false;
        WebSocketTransport current;
        WebSocketTransport late;
        synchronized (session) {
            if (!session.open()) {
                return;
            }
            current = session.webSocket();
            switch (heartbeat.due(now, current != null || session.polling().isWaiting())) {
                case TIMEOUT -> {
                    // Its pong may be among what is not read for want of room.
                    if (outbound.isUnread() || !inbound.isFull()) {
                        due = CloseReason.PING_TIMEOUT;
                    }
                }
                case PING -> ping = true;
                case NOTHING -> {}
            }
            if (due == null && deadlineReason != null && now - deadline >= 0) {
                due = deadlineReason;
            }
            late = session.upgrade().takeLate(now);
            if (ping && current == null) {
                outbound.addFirst(OutboundPacket.PING);
            }
        }
        if (late != null) {
            late.writer().close(CloseReason.UPGRADE_TIMEOUT);
        }
        if (due != null) {
            session.close(due);
        } else if (ping && current != null) {
            current.writer().sendNow(OutboundPacket.PING);
        } else if (ping) {
            session.polling().flush();
        }
    }
}
