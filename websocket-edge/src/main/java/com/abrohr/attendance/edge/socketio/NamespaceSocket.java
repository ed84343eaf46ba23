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

/** A client's place in one namespace. */
final class NamespaceSocket implements ClientSocket {

    private static final int MAX_PENDING_ACKS = 1_000;

    private final Client client;
    private final EngineSession session;
    private final Namespace namespace;
    private final String id;
    private final Object attachment;
    private final AtomicLong nextAck = new AtomicLong();
    private volatile @Nullable Map<Long, CompletableFuture<List<JsonNode>>> pendingAcks;
    private final AtomicBoolean left = new AtomicBoolean();

    /** What its rooms hear before the client knows that it is in; null from then on. */
    private volatile @Nullable List<OutboundMessage> early = new ArrayList<>();

    NamespaceSocket(
            Client client,
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
        send(Frame.event(event, arguments));
    }

    @Override
    public void send(Frame frame) {
        if (connected()) {
            deliver(checked(frame).message(namespace.name()));
        }
    }

    /**
     * Tells the client that it is in, and after that what its rooms have heard since it joined
     * them.
     */
    void welcome(OutboundMessage connect) {
        synchronized (this) {
            session.send(connect);
            List<OutboundMessage> waiting = early;
            if (waiting != null) {
                waiting.forEach(session::send);
            }
            // Only now: whoever sees null sends at once, and must not overtake what waited.
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
    public void volatileSend(String key, Frame frame) {
        if (early != null) {
            send(frame);
        } else if (connected()) {
            session.sendLatest(
                    namespace.name() + ' ' + key, checked(frame).message(namespace.name()));
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
                checked(Frame.event(event, arguments)).message(namespace.name(), ackId);
        pending.put(ackId, answer);
        answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((result, failure) -> pending.remove(ackId));
        deliver(message);
        if (!connected()) {
            // It went meanwhile, perhaps before it could be found among the pending.
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

    /** An answer that nobody waits for any longer is dropped. */
    void answered(long ackId, List<JsonNode> arguments) {
        Map<Long, CompletableFuture<List<JsonNode>>> pending = pendingAcks;
        CompletableFuture<List<JsonNode>> answer = pending == null ? null : pending.get(ackId);
        if (answer != null) {
            answer.complete(arguments);
        }
    }

    Ack ack(@Nullable Long ackId) {
        return ackId == null ? Ack.NONE : new Answer(ackId);
    }

    private final class Answer implements Ack {
        private final long ackId;
        private final AtomicBoolean sent = new AtomicBoolean();

        Answer(long ackId) {
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

    private Frame checked(Frame frame) {
        requireBinary(frame.binary());
        return frame;
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

    /** True for the first caller, who then tells the handler. */
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
