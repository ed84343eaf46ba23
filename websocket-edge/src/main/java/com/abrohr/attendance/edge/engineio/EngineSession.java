package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One client's connection over whatever transport it has at the moment. Methods may be called from
 * any thread and do not block. The lock guards state only: nothing is written, and nobody called,
 * while it is held.
 */
public final class EngineSession {

    private static final long HANDLED_MILLIS = 250;

    /** python-engineio takes no more in one payload, and closes. */
    private static final int MOST_PACKETS_IN_A_POLL = 16;

    private static final Duration FOR_EVER = Duration.ofDays(1);

    /** What a message that waits costs beside its text. */
    private static final int MESSAGE_OVERHEAD = 128;

    /** How long an upgrade under way is given before what collides with it is answered. */
    private static final long UPGRADE_GRACE_MILLIS = 50;

    private final EngineServer server;
    private final EngineListener listener;
    private final EngineIoSettings settings;
    private final String id;
    private volatile Handshake handshake;
    private final SerialQueue inbox;
    private final Holding holding;
    private volatile @Nullable Object attachment;
    private volatile @Nullable CloseReason closeReason;

    /** The client's close came before the poll that it sent at the same time. */
    private final AtomicBoolean lastPollOwed = new AtomicBoolean();

    // Guarded by this.
    private final Outbox outbox;
    private boolean handlerWaits;
    private @Nullable WebSocketLink link;
    private @Nullable WebSocketLink candidate;
    private boolean upgradeAnnounced;
    private boolean probed;
    private long candidateDeadline;
    private @Nullable PendingPoll poll;
    private boolean pollDuringUpgrade;
    private long upgradeGraceUntil;
    private boolean posting;
    private final Heartbeat heartbeat;
    private long deadline;
    private @Nullable CloseReason deadlineReason;

    EngineSession(
            EngineServer server,
            EngineListener listener,
            String id,
            Handshake handshake,
            @Nullable WebSocketLink link,
            Holding holding) {
        this.server = server;
        this.listener = listener;
        this.settings = server.settings();
        this.id = id;
        this.handshake = handshake;
        this.link = link;
        this.holding = holding;
        this.inbox = new SerialQueue(settings.limits().inboundBytes(), this::hasRoomAgain);
        this.outbox = new Outbox(settings.limits().outboundBytes());
        this.heartbeat = new Heartbeat(settings, server.now());
    }

    /** 128 random bits. */
    public String id() {
        return id;
    }

    public Handshake handshake() {
        return handshake;
    }

    /** Whoever listens knows who the client is. */
    public void forgetAuthorization() {
        handshake = handshake.withoutAuthorization();
    }

    public boolean open() {
        return closeReason == null;
    }

    /** Null while it is open. */
    @Nullable CloseReason whyEnded() {
        return closeReason;
    }

    public @Nullable Object attachment() {
        return attachment;
    }

    public void attach(Object value) {
        attachment = value;
    }

    /**
     * Counts the connection as its owner's from now on. False, and nothing changed, when the owner
     * has as many as are allowed.
     */
    public boolean join(Owner owner) {
        boolean joined = holding.join(server.accounts(), owner);
        Turns owners = holding.turns();
        if (joined && owners != null) {
            Turns.moveCurrent(owners);
        }
        return joined;
    }

    Holding holding() {
        return holding;
    }

    /** Queues a message; closes the session as too slow when the queue would outgrow its bound. */
    public void send(OutboundMessage message) {
        boolean taken;
        WebSocketLink target;
        synchronized (this) {
            if (closeReason != null) {
                return;
            }
            long before = outbox.held();
            taken = outbox.offer(message);
            long more = outbox.held() - before;
            // One message always fits, or a large board could never be shown.
            if (before == 0 || !holding.grow(more)) {
                holding.force(more);
                taken &= before == 0;
            }
            target = link;
        }
        if (taken) {
            flush(target);
        } else {
            close(CloseReason.OUTBOUND_OVERFLOW);
        }
    }

    /**
     * Sends at once when the transport is idle; else keeps the last message of each key until it
     * is.
     */
    public void sendLatest(String key, OutboundMessage message) {
        WebSocketLink target;
        synchronized (this) {
            if (closeReason != null) {
                return;
            }
            long before = outbox.held();
            outbox.offerLatest(key, message, link != null || poll != null);
            holding.force(outbox.held() - before);
            target = link;
        }
        flush(target);
    }

    /** Runs a task in order with this session's messages. */
    public void execute(Runnable task) {
        inbox.execute(task);
    }

    /** Closes the session with this reason unless {@link #cancelDeadline()} is called before. */
    public synchronized void closeAfter(Duration time, CloseReason reason) {
        deadline = server.now() + time.toNanos();
        deadlineReason = reason;
    }

    public synchronized void cancelDeadline() {
        deadlineReason = null;
    }

    /**
     * Closes the session; the first reason counts. What waits is still written where the reason
     * allows it.
     */
    public void close(CloseReason reason) {
        PendingPoll pendingPoll;
        WebSocketLink current;
        WebSocketLink upgrading;
        List<EnginePacket> rest;
        synchronized (this) {
            if (closeReason != null) {
                return;
            }
            closeReason = reason;
            pendingPoll = poll;
            poll = null;
            current = link;
            upgrading = candidate;
            candidate = null;
            rest = takeAll();
            letHandlerGoOn();
            lastPollOwed.set(
                    reason.equals(CloseReason.CLIENT_CLOSED)
                            && pendingPoll == null
                            && current == null);
        }
        server.closed(this, reason, lastPollOwed);
        boolean orderly = isOrderly(reason);
        if (pendingPoll != null) {
            List<EnginePacket> last = new ArrayList<>(orderly ? rest : List.of());
            last.add(
                    reason.equals(CloseReason.CLIENT_CLOSED)
                            ? EnginePacket.NOOP
                            : EnginePacket.CLOSE);
            pendingPoll.answer(last);
        }
        if (current != null) {
            if (orderly) {
                current.finish(rest, reason);
            } else {
                current.close(reason);
            }
        }
        if (upgrading != null) {
            upgrading.close(reason);
        }
        inbox.end(
                reason.equals(CloseReason.INBOUND_OVERFLOW)
                        || reason.equals(CloseReason.OUTBOUND_OVERFLOW),
                () -> {
                    try {
                        listener.closed(this, reason);
                    } finally {
                        holding.leave();
                        server.disposed();
                    }
                });
    }

    private static boolean isOrderly(CloseReason reason) {
        return reason.code() >= 4100
                || reason.equals(CloseReason.SERVER_CLOSED)
                || reason.equals(CloseReason.SERVER_SHUTDOWN);
    }

    void opened() {
        inbox.execute(() -> listener.opened(this));
    }

    // ---- outbound ----

    private void flush(@Nullable WebSocketLink target) {
        if (target != null) {
            target.pump();
        } else {
            answerPoll();
        }
    }

    private void answerPoll() {
        PendingPoll ready;
        List<EnginePacket> packets;
        synchronized (this) {
            if (poll == null || outbox.isEmpty()) {
                return;
            }
            ready = poll;
            poll = null;
            packets = takeForPoll();
        }
        ready.answer(packets);
    }

    synchronized long queuedBytes() {
        return outbox.bytes();
    }

    /** The next packet for the WebSocket, which calls {@link #sent} when it is written. */
    synchronized @Nullable EnginePacket take() {
        if (closeReason != null) {
            return null;
        }
        long before = outbox.held();
        EnginePacket next = outbox.take();
        if (outbox.held() != before) {
            holding.force(outbox.held() - before);
        }
        return next;
    }

    synchronized void sent(EnginePacket packet) {
        long before = outbox.held();
        outbox.sent(packet);
        if (outbox.held() != before) {
            holding.shrink(before - outbox.held());
        }
        letHandlerGoOn();
    }

    /** The lock is held. */
    private List<EnginePacket> takeAll() {
        holding.shrink(outbox.held());
        List<EnginePacket> all = outbox.takeAll();
        letHandlerGoOn();
        return all;
    }

    /** The lock is held. */
    private List<EnginePacket> takeForPoll() {
        long before = outbox.held();
        List<EnginePacket> next = outbox.takeUpTo(MOST_PACKETS_IN_A_POLL);
        holding.force(outbox.held() - before);
        letHandlerGoOn();
        return next;
    }

    /** The lock is held. */
    private void letHandlerGoOn() {
        if (handlerWaits && (closeReason != null || !isUnread())) {
            handlerWaits = false;
            notifyAll();
        }
    }

    /** The lock is held. */
    private boolean isUnread() {
        return outbox.bytes() > settings.limits().unreadBytes();
    }

    /** Whoever does not read its answers is not handled, or it would fill the memory with them. */
    private synchronized void awaitReader() {
        while (closeReason == null && isUnread()) {
            handlerWaits = true;
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    // ---- inbound ----

    /**
     * A packet from a WebSocket, which is either this session's transport or wants to become it.
     */
    void received(WebSocketLink from, InboundPacket packet, int bytes) {
        boolean current;
        boolean upgrading;
        synchronized (this) {
            current = from == link;
            upgrading = from == candidate;
        }
        if (current) {
            received(packet, bytes);
            awaitRoom(FOR_EVER);
        } else if (upgrading) {
            upgradeStep(from, packet);
        }
    }

    /** A packet from the session's transport. */
    void received(InboundPacket packet, int bytes) {
        switch (packet) {
            case InboundPacket.Text(String data) -> deliver(bytes, () -> listener.text(this, data));
            case InboundPacket.Binary(byte[] data) ->
                    deliver(bytes, () -> listener.binary(this, data));
            case InboundPacket.Pong _ -> {
                synchronized (this) {
                    heartbeat.pong(server.now());
                }
            }
            case InboundPacket.Close _ -> close(CloseReason.CLIENT_CLOSED);
            case InboundPacket.Probe _ -> close(CloseReason.INVALID_PACKET);
            case InboundPacket.Upgrade _, InboundPacket.Noop _ -> {
                // Nothing to do: late or empty.
            }
        }
    }

    /**
     * Waits a moment for the layer above to have handled what was received, so that a polling
     * client finds the answers to one payload together; and longer while too much of it waits, so
     * that it sends no faster than it is served.
     */
    void awaitHandled() {
        CountDownLatch handled = new CountDownLatch(1);
        Turns.endCurrent();
        try {
            if (inbox.execute(handled::countDown)) {
                handled.await(HANDLED_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        awaitRoom(settings.pingTimeout());
    }

    private void deliver(int bytes, Runnable work) {
        int size = bytes + MESSAGE_OVERHEAD;
        if (!holding.grow(size)) {
            close(CloseReason.INBOUND_OVERFLOW);
            return;
        }
        inbox.offer(
                size,
                () -> {
                    try {
                        awaitReader();
                        inTurn(
                                () -> {
                                    work.run();
                                    return true;
                                });
                    } finally {
                        holding.shrink(size);
                    }
                });
    }

    /** Works for this client when it is the turn of those who are counted with it. */
    <T> T inTurn(Supplier<T> work) {
        Turns turns = holding.turns();
        return turns == null ? work.get() : turns.take(work);
    }

    /**
     * Waits while too much of the client waits: what it sends meanwhile stays in the network. To be
     * called by the thread that reads from it.
     */
    private void awaitRoom(Duration most) {
        if (!inbox.isFull()) {
            return;
        }
        Turns.endCurrent();
        try {
            inbox.awaitRoom(most.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void hasRoomAgain() {
        heartbeat.excuse(server.now());
    }

    /**
     * A WebSocket broke: the session with it, unless the socket only wanted to become its
     * transport.
     */
    void failed(WebSocketLink from, CloseReason reason) {
        boolean current;
        synchronized (this) {
            current = from == link;
            if (from == candidate) {
                candidate = null;
                probed = false;
            }
        }
        if (current) {
            close(reason);
        } else {
            from.close(reason);
        }
    }

    // ---- upgrade ----

    /** A WebSocket asks to take over; it is closed when this session has one or is being asked. */
    void offerUpgrade(WebSocketLink from) {
        synchronized (this) {
            if (closeReason == null && link == null && candidate == null) {
                candidate = from;
                probed = false;
                candidateDeadline = server.now() + settings.upgradeTimeout().toNanos();
                return;
            }
        }
        // An upgrade under way goes first.
        server.after(UPGRADE_GRACE_MILLIS, () -> from.close(CloseReason.UNKNOWN_SESSION));
    }

    /**
     * The handshake of a WebSocket for this session begins; its client may be told before it is
     * attached here.
     */
    synchronized void announceUpgrade() {
        upgradeAnnounced = true;
    }

    private void upgradeStep(WebSocketLink from, InboundPacket packet) {
        switch (packet) {
            case InboundPacket.Probe _ -> {
                synchronized (this) {
                    probed = true;
                    startUpgradeGrace();
                }
                from.sendNow(EnginePacket.PROBE_PONG);
                endPollForUpgrade();
            }
            case InboundPacket.Upgrade _ -> completeUpgrade(from);
            default -> failed(from, CloseReason.INVALID_PACKET);
        }
    }

    private void completeUpgrade(WebSocketLink from) {
        PendingPoll left = null;
        boolean complete;
        synchronized (this) {
            if (from != candidate || closeReason != null) {
                return;
            }
            complete = probed;
            if (complete) {
                candidate = null;
                link = from;
                left = poll;
                poll = null;
            }
        }
        if (!complete) {
            failed(from, CloseReason.INVALID_PACKET);
            return;
        }
        if (left != null) {
            // Polling must have been paused before; this request came too late.
            refuseLater(left);
        }
        from.startFrom(this);
    }

    /** The lock is held. */
    private void startUpgradeGrace() {
        upgradeGraceUntil = server.now() + TimeUnit.MILLISECONDS.toNanos(UPGRADE_GRACE_MILLIS);
        server.after(UPGRADE_GRACE_MILLIS, this::endPollForUpgrade);
    }

    /**
     * Lets the client end its polling by answering the open request with a noop. A request that
     * came when the WebSocket was there already waits a little, because the upgrade may be complete
     * the moment after.
     */
    private void endPollForUpgrade() {
        PendingPoll ready;
        synchronized (this) {
            if (poll == null
                    || !probed
                    || (pollDuringUpgrade && server.now() - upgradeGraceUntil < 0)) {
                return;
            }
            ready = poll;
            poll = null;
        }
        ready.answer(List.of(EnginePacket.NOOP));
    }

    // ---- polling ----

    /** A GET: answered now or when there is something. */
    void poll(PendingPoll request) {
        HttpAnswers.Problem problem = null;
        boolean overlapping = false;
        boolean upgraded = false;
        List<EnginePacket> now = List.of();
        synchronized (this) {
            CloseReason reason = closeReason;
            if (reason != null) {
                if (lastPollOwed.compareAndSet(true, false)) {
                    now = List.of(EnginePacket.NOOP);
                } else {
                    problem = HttpAnswers.Problem.closed(reason);
                }
            } else if (link != null) {
                upgraded = true;
                request.parked();
            } else if (poll != null) {
                overlapping = true;
            } else if (outbox.isEmpty()) {
                request.parked();
                poll = request;
                pollDuringUpgrade = candidate != null || upgradeAnnounced;
                if (pollDuringUpgrade) {
                    startUpgradeGrace();
                }
            } else {
                now = takeForPoll();
            }
        }
        if (overlapping) {
            close(CloseReason.OVERLAPPING_POLLS);
            request.refuse(HttpAnswers.Problem.closed(CloseReason.OVERLAPPING_POLLS));
        } else if (upgraded) {
            refuseLater(request);
        } else if (problem != null) {
            request.refuse(problem);
        } else if (!now.isEmpty()) {
            request.answer(now);
        }
    }

    /**
     * Whether a POST may be read now: the transport is polling, and no other POST is being read.
     */
    HttpAnswers.@Nullable Problem startPost() {
        synchronized (this) {
            CloseReason reason = closeReason;
            if (reason != null) {
                return HttpAnswers.Problem.closed(reason);
            }
            if (link != null) {
                return HttpAnswers.Problem.BAD_REQUEST;
            }
            if (!posting) {
                posting = true;
                return null;
            }
        }
        close(CloseReason.OVERLAPPING_POLLS);
        return HttpAnswers.Problem.closed(CloseReason.OVERLAPPING_POLLS);
    }

    /**
     * A poll that came too late for an upgrade goes after what the WebSocket has to say about it.
     */
    private void refuseLater(PendingPoll request) {
        server.after(UPGRADE_GRACE_MILLIS, () -> request.refuse(HttpAnswers.Problem.BAD_REQUEST));
    }

    synchronized void endPost() {
        posting = false;
    }

    // ---- time ----

    /** Does what is due: pings, time-outs. */
    void tick(long now) {
        CloseReason due = null;
        boolean ping = false;
        WebSocketLink current;
        WebSocketLink late = null;
        synchronized (this) {
            if (closeReason != null) {
                return;
            }
            CloseReason reason = deadlineReason;
            switch (heartbeat.due(now, link != null || poll != null)) {
                case TIMEOUT -> {
                    // Its pong may be among what is not read for want of room.
                    if (isUnread() || !inbox.isFull()) {
                        due = CloseReason.PING_TIMEOUT;
                    }
                }
                case PING -> ping = true;
                case NOTHING -> {}
            }
            if (due == null && reason != null && now - deadline >= 0) {
                due = reason;
            }
            current = link;
            if (candidate != null && now - candidateDeadline >= 0) {
                late = candidate;
                candidate = null;
                probed = false;
            }
            if (ping && current == null) {
                long before = outbox.held();
                outbox.addFirst(EnginePacket.PING);
                holding.force(outbox.held() - before);
            }
        }
        if (late != null) {
            late.close(CloseReason.UPGRADE_TIMEOUT);
        }
        if (due != null) {
            close(due);
        } else if (ping && current != null) {
            current.sendNow(EnginePacket.PING);
        } else if (ping) {
            answerPoll();
        }
    }
}
