package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * One client's connection over whatever transport it has at the moment. Methods may be called from
 * any thread and do not block. The lock of a session, which is the session itself, guards state
 * only: nothing is written, and no listener called, while it is held.
 */
public final class EngineSession {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final EngineServer server;
    private final EngineListener listener;
    private final String id;
    private volatile Handshake handshake;
    private final ConnectionMemory memory;
    private final InboundQueue inbound;
    private volatile @Nullable Object attachment;
    private volatile @Nullable CloseReason closeReason;

    // Guarded by this.
    private final OutboundQueue outbound;
    private final LongPolling polling;
    private final TransportUpgrade upgrade;
    private final SessionDeadlines deadlines;
    private @Nullable WebSocketTransport webSocket;

    /**
     * @param webSocket the transport; null for long-polling
     */
    EngineSession(
            EngineServer server,
            EngineListener listener,
            String id,
            Handshake handshake,
            @Nullable WebSocketTransport webSocket,
            ConnectionMemory memory) {
        this.server = server;
        this.listener = listener;
        this.id = id;
        this.handshake = handshake;
        this.webSocket = webSocket;
        this.memory = memory;
        EngineLimits limits = server.settings().limits();
        outbound =
                new OutboundQueue(
                        this,
                        memory,
                        limits.outboundPerClient().toBytes(),
                        limits.unreadPerClient().toBytes());
        inbound =
                new InboundQueue(
                        memory,
                        limits.inboundPerClient().toBytes(),
                        outbound::awaitReader,
                        this::extendPingTimeout);
        polling = new LongPolling(this, server, outbound);
        upgrade = new TransportUpgrade(this, server, polling);
        deadlines = new SessionDeadlines(this, server, inbound, outbound);
    }

    /** 128 random bits. */
    public String id() {
        return id;
    }

    public Handshake handshake() {
        return handshake;
    }

    /** To be called once the client is authenticated. */
    public void forgetAuthorization() {
        handshake = handshake.withoutAuthorization();
    }

    public boolean open() {
        return closeReason == null;
    }

    /** Null while it is open. */
    @Nullable CloseReason closeReason() {
        return closeReason;
    }

    public @Nullable Object attachment() {
        return attachment;
    }

    public void attach(Object value) {
        attachment = value;
    }

    /**
     * Counts the connection as the client's from now on. False, and nothing changed, when the
     * client has as many as are allowed.
     */
    public boolean bind(ClientIdentity client) {
        boolean bound = memory.bind(server.quotas(), client);
        ConcurrencyLimiter limiter = memory.limiter();
        if (bound && limiter != null) {
            ConcurrencyLimiter.reacquireCurrent(limiter);
        }
        return bound;
    }

    ConnectionMemory memory() {
        return memory;
    }

    LongPolling polling() {
        return polling;
    }

    TransportUpgrade upgrade() {
        return upgrade;
    }

    /** The lock is held. Null while the transport is long-polling. */
    @Nullable WebSocketTransport webSocket() {
        return webSocket;
    }

    /** The lock is held. */
    void upgradeTo(WebSocketTransport transport) {
        webSocket = transport;
    }

    /** Queues a message; closes the session as too slow when the queue would outgrow its bound. */
    public void send(OutboundMessage message) {
        boolean taken;
        WebSocketTransport target;
        synchronized (this) {
            if (closeReason != null) {
                return;
            }
            taken = outbound.offer(message);
            target = webSocket;
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
        WebSocketTransport target;
        synchronized (this) {
            if (closeReason != null) {
                return;
            }
            target = webSocket;
            outbound.offerLatest(key, message, target != null || polling.isWaiting());
        }
        flush(target);
    }

    private void flush(@Nullable WebSocketTransport target) {
        if (target != null) {
            target.writer().flush();
        } else {
            polling.flush();
        }
    }

    synchronized long queuedBytes() {
        return outbound.bytes();
    }

    /** The next packet for the WebSocket, which calls {@link #sent} when it is written. */
    synchronized @Nullable OutboundPacket take() {
        return closeReason == null ? outbound.take() : null;
    }

    synchronized void sent(OutboundPacket packet) {
        outbound.sent(packet);
    }

    /** Runs a task in order with this session's messages. */
    public void execute(Runnable task) {
        inbound.execute(task);
    }

    void opened() {
        inbound.execute(() -> listener.opened(this));
    }

    /** A packet from a WebSocket, which is either this session's transport or asks to become it. */
    void received(WebSocketTransport from, InboundPacket packet, int bytes) {
        boolean current;
        synchronized (this) {
            current = from == webSocket;
        }
        if (current) {
            received(packet, bytes);
            inbound.awaitRoom(FOR_EVER);
        } else {
            upgrade.received(from, packet);
        }
    }

    /** A packet from the session's transport. */
    void received(InboundPacket packet, int bytes) {
        switch (packet) {
            case InboundPacket.Text(String data) -> handle(bytes, () -> listener.text(this, data));
            case InboundPacket.Binary(byte[] data) ->
                    handle(bytes, () -> listener.binary(this, data));
            case InboundPacket.Pong _ -> deadlines.pong();
            case InboundPacket.Close _ -> close(CloseReason.CLIENT_CLOSED);
            case InboundPacket.Probe _ -> close(CloseReason.INVALID_PACKET);
            case InboundPacket.Upgrade _, InboundPacket.Noop _ -> {
                // Nothing to do: late or empty.
            }
        }
    }

    private void handle(int bytes, Runnable work) {
        if (!inbound.offer(bytes, work)) {
            close(CloseReason.INBOUND_OVERFLOW);
        }
    }

    private void extendPingTimeout() {
        deadlines.extendPingTimeout();
    }

    /** See {@link InboundQueue#awaitHandled}. */
    void awaitHandled() {
        inbound.awaitHandled(server.settings().pingTimeout());
    }

    /**
     * A WebSocket broke: the session closes with it, unless the socket only asked to become its
     * transport.
     */
    void failed(WebSocketTransport from, CloseReason reason) {
        boolean current;
        synchronized (this) {
            current = from == webSocket;
            upgrade.cancel(from);
        }
        if (current) {
            close(reason);
        } else {
            from.writer().close(reason);
        }
    }

    /** Closes the session with this reason unless {@link #cancelDeadline()} is called before. */
    public void closeAfter(Duration time, CloseReason reason) {
        deadlines.closeAfter(time, reason);
    }

    public void cancelDeadline() {
        deadlines.cancel();
    }

    /** Does what is due: pings, time-outs. */
    void tick(long now) {
        deadlines.tick(now);
    }

    /**
     * Closes the session; the first reason counts. What waits is still written where the reason
     * allows it.
     */
    public void close(CloseReason reason) {
        PendingPoll poll;
        WebSocketTransport current;
        WebSocketTransport candidate;
        List<OutboundPacket> unsent;
        synchronized (this) {
            if (closeReason != null) {
                return;
            }
            closeReason = reason;
            current = webSocket;
            candidate = upgrade.takeCandidate();
            unsent = outbound.close();
            poll = polling.takeLast(current == null && reason.equals(CloseReason.CLIENT_CLOSED));
        }
        server.closed(this, reason, polling.finalPollPending());
        boolean orderly = isOrderly(reason);
        if (poll != null) {
            poll.answerLast(orderly ? unsent : List.of(), reason);
        }
        if (current != null && orderly) {
            current.writer().finish(unsent, reason);
        } else if (current != null) {
            current.writer().close(reason);
        }
        if (candidate != null) {
            candidate.writer().close(reason);
        }
        boolean overflow =
                reason.equals(CloseReason.INBOUND_OVERFLOW)
                        || reason.equals(CloseReason.OUTBOUND_OVERFLOW);
        inbound.close(overflow, () -> dispose(reason));
    }

    private static boolean isOrderly(CloseReason reason) {
        return reason.code() >= 4100
                || reason.equals(CloseReason.SERVER_CLOSED)
                || reason.equals(CloseReason.SERVER_SHUTDOWN);
    }

    private void dispose(CloseReason reason) {
        try {
            listener.closed(this, reason);
        } finally {
            memory.release();
            server.shutdown().deregister();
        }
    }
}
