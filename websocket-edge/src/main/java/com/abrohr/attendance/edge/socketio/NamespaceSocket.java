package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.engineio.EngineSession;
import com.abrohr.attendance.edge.engineio.Handshake;
import com.abrohr.attendance.edge.engineio.OutboundMessage;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** One client in one namespace. */
final class NamespaceSocket implements ClientSocket {
    private static final int MAX_PENDING_ACKS = 1_000;

    private final SocketIoConnection client;
    private final EngineSession session;
    private final Namespace namespace;
    private final String id;
    private final Object attachment;
    private final AtomicLong nextAck = new AtomicLong();
    private volatile @Nullable Map<Long, CompletableFuture<List<JsonNode>>> pendingAcks;
    private final AtomicBoolean left = new AtomicBoolean();

    /** What is sent to its rooms before the client has its CONNECT packet; null from then on. */
    private volatile @Nullable List<OutboundMessage> early = new ArrayList<>();

    NamespaceSocket(
            SocketIoConnection client,
            EngineSession session,
            Namespace namespace,
            String id,
            Object attachment) {
        this.client = client;
        this.session = session;
        this.namespace = namespace;
        this.id = id;
        this.attachment = attachment;
    }

    Namespace definition() {
        return namespace;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String namespace() {
        return namespace.name();
    }

    @Override
    public Object attachment() {
        return attachment;
    }

    @Override
    public Handshake handshake() {
        return session.handshake();
    }

    @Override
    public boolean connected() {
        return !left.get() && session.open();
    }

    @Override
    public void emit(String event, Object... arguments) {
        send(OutboundEvent.event(event, arguments));
    }

    @Override
    public void send(OutboundEvent event) {
        if (connected()) {
            deliver(checked(event).message(namespace.name()));
        }
    }

    /** Sends the CONNECT packet, and after that what was sent to its rooms since it joined them. */
    void sendConnect(OutboundMessage connect) {
        synchronized (this) {
            session.send(connect);
            List<OutboundMessage> waiting = early;
            if (waiting != null) {
                waiting.forEach(session::send);
            }
            // Only now: who sees null sends at once, and must not overtake what waited.
            early = null;
        }
    }

    private void deliver(OutboundMessage message) {
        if (early != null) {
            synchronized (this) {
                List<OutboundMessage> waiting = early;
                if (waiting != null) {
                    waiting.add(message);
                    return;
                }
            }
        }
        session.send(message);
    }

    @Override
    public void volatileSend(String key, OutboundEvent event) {
        if (early != null) {
            send(event);
        } else if (connected()) {
            session.sendLatest(
                    namespace.name() + ' ' + key, checked(event).message(namespace.name()));
        }
    }

    @Override
    public CompletableFuture<List<JsonNode>> emitWithAck(
            Duration timeout, String event, Object... arguments) {
        CompletableFuture<List<JsonNode>> answer = new CompletableFuture<>();
        Map<Long, CompletableFuture<List<JsonNode>>> pending = pending();
        if (!connected() || pending.size() >= MAX_PENDING_ACKS) {
            answer.cancel(false);
            return answer;
        }
        long ackId = nextAck.getAndIncrement();
        OutboundMessage message =
                checked(OutboundEvent.event(event, arguments)).message(namespace.name(), ackId);
        pending.put(ackId, answer);
        var _ =
                answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete((result, failure) -> pending.remove(ackId));
        deliver(message);
        if (!connected()) {
            // It disconnected meanwhile, perhaps before the answer was among the pending.
            answer.cancel(false);
        }
        return answer;
    }

    private synchronized Map<Long, CompletableFuture<List<JsonNode>>> pending() {
        Map<Long, CompletableFuture<List<JsonNode>>> pending = pendingAcks;
        if (pending == null) {
            pending = new ConcurrentHashMap<>();
            pendingAcks = pending;
        }
        return pending;
    }

    /** An answer that came too late is dropped. */
    void answered(long ackId, List<JsonNode> arguments) {
        Map<Long, CompletableFuture<List<JsonNode>>> pending = pendingAcks;
        CompletableFuture<List<JsonNode>> answer = pending == null ? null : pending.get(ackId);
        if (answer != null) {
            answer.complete(arguments);
        }
    }

    Ack ack(@Nullable Long ackId) {
        return ackId == null ? Ack.NONE : new SocketAck(ackId);
    }

    private final class SocketAck implements Ack {
        private final long ackId;
        private final AtomicBoolean sent = new AtomicBoolean();

        SocketAck(long ackId) {
            this.ackId = ackId;
        }

        @Override
        public boolean wanted() {
            return true;
        }

        @Override
        public void send(Object... arguments) {
            if (!connected()) {
                return;
            }
            Json.Encoded encoded = Json.encode(arguments);
            requireBinary(!encoded.attachments().isEmpty());
            if (sent.compareAndSet(false, true)) {
                session.send(PacketWriter.ack(namespace.name(), ackId, encoded));
            }
        }
    }

    private OutboundEvent checked(OutboundEvent event) {
        requireBinary(event.binary());
        return event;
    }

    private void requireBinary(boolean binary) {
        if (binary && !namespace.binary()) {
            throw new IllegalArgumentException(
                    "namespace " + namespace.name() + " takes no binary");
        }
    }

    @Override
    public void disconnect(CloseReason reason) {
        session.close(reason);
    }

    @Override
    public void leaveNamespace() {
        if (connected()) {
            session.send(PacketWriter.disconnect(namespace.name()));
            session.execute(() -> client.leave(this, CloseReason.SERVER_LEFT_NAMESPACE));
        }
    }

    /** True for the first caller, which then calls the handler. */
    boolean markLeft() {
        if (!left.compareAndSet(false, true)) {
            return false;
        }
        namespace.rooms().leaveAll(this);
        Map<Long, CompletableFuture<List<JsonNode>>> pending = pendingAcks;
        if (pending != null) {
            List.copyOf(pending.values()).forEach(answer -> answer.cancel(false));
        }
        return true;
    }

    @Override
    public String toString() {
        return namespace.name() + '#' + id;
    }
}
