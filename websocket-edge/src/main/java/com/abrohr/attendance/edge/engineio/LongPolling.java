package com.abrohr.attendance.edge.engineio;

import com.abrohr.attendance.edge.engineio.HttpResponses.Problem;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Long-polling as the transport of one session: at most one GET waits for packets, and at most one
 * POST is read. Its state is guarded by the lock of the session.
 */
final class LongPolling {
    /** python-engineio takes no more in one payload, and closes. */
    private static final int MAX_PACKETS = 16;

    private final EngineSession session;
    private final EngineServer server;
    private final OutboundQueue outbound;

    /** The client's close came before the poll that it sent at the same time. */
    private final AtomicBoolean finalPollPending = new AtomicBoolean();

    private @Nullable PendingPoll poll;
    private boolean pollDuringUpgrade;
    private boolean posting;

    LongPolling(EngineSession session, EngineServer server, OutboundQueue outbound) {
        this.session = session;
        this.server = server;
        this.outbound = outbound;
    }

    /** The lock is held. Whether a GET waits. */
    boolean isWaiting() {
        return poll != null;
    }

    /** True until the poll has come that is still to be answered with a noop after the close. */
    AtomicBoolean finalPollPending() {
        return finalPollPending;
    }

    /** A GET: answered now or when there is something. */
    void poll(PendingPoll request) {
        Problem problem = null;
        boolean overlapping = false;
        boolean upgraded = false;
        List<OutboundPacket> now = List.of();
        synchronized (session) {
            CloseReason reason = session.closeReason();
            if (reason != null) {
                if (finalPollPending.compareAndSet(true, false)) {
                    now = List.of(OutboundPacket.NOOP);
                } else {
                    problem = Problem.closed(reason);
                }
            } else if (session.webSocket() != null) {
                upgraded = true;
                request.parked();
            } else if (poll != null) {
                overlapping = true;
            } else if (outbound.isEmpty()) {
                request.parked();
                poll = request;
                pollDuringUpgrade = session.upgrade().isInProgress();
                if (pollDuringUpgrade) {
                    session.upgrade().startGrace();
                }
            } else {
                now = outbound.takeUpTo(MAX_PACKETS);
            }
        }
        if (overlapping) {
            session.close(CloseReason.OVERLAPPING_POLLS);
            request.refuse(Problem.closed(CloseReason.OVERLAPPING_POLLS));
        } else if (upgraded) {
            refuseLate(request);
        } else if (problem != null) {
            request.refuse(problem);
        } else if (!now.isEmpty()) {
            request.answer(now);
        }
    }

    /** Answers the waiting GET if there is something to send. */
    void flush() {
        PendingPoll ready;
        List<OutboundPacket> packets;
        synchronized (session) {
            if (poll == null || outbound.isEmpty()) {
                return;
            }
            ready = poll;
            poll = null;
            packets = outbound.takeUpTo(MAX_PACKETS);
        }
        ready.answer(packets);
    }

    /** The lock is held. The waiting GET, which is the caller's to answer; null when none waits. */
    @Nullable PendingPoll take() {
        PendingPoll waiting = poll;
        poll = null;
        return waiting;
    }

    /**
     * The lock is held. As {@link #take}, for the end of the session.
     *
     * @param expectsFinalPoll whether a poll that comes now was sent before the client closed
     */
    @Nullable PendingPoll takeLast(boolean expectsFinalPoll) {
        PendingPoll waiting = take();
        finalPollPending.set(expectsFinalPoll && waiting == null);
        return waiting;
    }

    /**
     * The lock is held. As {@link #take}, for an upgrade. A GET that came during the upgrade waits
     * a little, because the upgrade may be complete the moment after.
     */
    @Nullable PendingPoll takeForUpgrade(boolean graceIsOver) {
        return pollDuringUpgrade && !graceIsOver ? null : take();
    }

    /** A poll that came too late for an upgrade goes after what the WebSocket says about it. */
    void refuseLate(PendingPoll request) {
        server.after(TransportUpgrade.GRACE_MILLIS, () -> request.refuse(Problem.BAD_REQUEST));
    }

    /**
     * Null when a POST may be read now: the transport is polling, and no other POST is being read.
     * To be followed by {@link #endPost}.
     */
    @Nullable Problem startPost() {
        synchronized (session) {
            CloseReason reason = session.closeReason();
            if (reason != null) {
                return Problem.closed(reason);
            }
            if (session.webSocket() != null) {
                return Problem.BAD_REQUEST;
            }
            if (!posting) {
                posting = true;
                return null;
            }
        }
        session.close(CloseReason.OVERLAPPING_POLLS);
        return Problem.closed(CloseReason.OVERLAPPING_POLLS);
    }

    void endPost() {
        synchronized (session) {
            posting = false;
        }
    }
}
