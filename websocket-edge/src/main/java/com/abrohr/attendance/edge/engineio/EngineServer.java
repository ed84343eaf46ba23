package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One Engine.IO endpoint: its sessions, and the one thread that watches all their deadlines. Mount
 * it with {@link EngineIoHandlerMapping}.
 */
public final class EngineServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EngineServer.class);

    private final EngineIoSettings settings;
    private final EngineListener listener;
    private final String sidPrefix;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<String, EngineSession> sessions = new ConcurrentHashMap<>();
    private final EndedSessions ended = new EndedSessions();
    private final Quotas quotas;
    private final ScheduledThreadPoolExecutor timer;
    private final GracefulShutdown shutdown = new GracefulShutdown();

    public EngineServer(EngineIoSettings settings, EngineListener listener) {
        this.settings = settings;
        this.listener = listener;
        quotas = new Quotas(settings.limits());
        sidPrefix = settings.node().isEmpty() ? "" : settings.node() + ".";
        timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("socket-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        long shortest =
                Math.min(settings.pingInterval().toMillis(), settings.pingTimeout().toMillis());
        long period = Math.clamp(shortest / 40, 10, 500);
        var _ = timer.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.MILLISECONDS);
    }

    public EngineIoSettings settings() {
        return settings;
    }

    /** Sessions open now. */
    public int size() {
        return sessions.size();
    }

    /** Bytes that wait for all clients together. */
    public long queuedBytes() {
        return sessions.values().stream().mapToLong(EngineSession::queuedBytes).sum();
    }

    /** Bytes in memory for all clients together, in blocks. */
    public long heldBytes() {
        return quotas.bytes();
    }

    Quotas quotas() {
        return quotas;
    }

    /**
     * Takes no new session, closes the open ones with {@link CloseReason#SERVER_SHUTDOWN} and waits
     * until their listeners have returned and the close frames are written, 5 s at most, and a
     * second at most until the clients have answered those.
     */
    @Override
    public void close() {
        shutdown.begin();
        List.copyOf(sessions.values())
                .forEach(session -> session.close(CloseReason.SERVER_SHUTDOWN));
        shutdown.await();
        timer.shutdown();
    }

    private boolean acceptsSessions() {
        return !shutdown.hasBegun() && sessions.size() < settings.limits().connections();
    }

    boolean acceptsSessionFrom(String address) {
        return acceptsSessions() && quotas.acceptsConnectionFrom(address);
    }

    /**
     * Opens a session and sends its client the open packet; null when none is taken.
     *
     * @param webSocket the transport; null for long-polling, whose response is the open packet
     */
    @Nullable EngineSession open(Handshake handshake, @Nullable WebSocketTransport webSocket) {
        Quotas.Lease lease =
                acceptsSessions() ? quotas.openConnection(handshake.remoteAddress()) : null;
        if (lease == null) {
            return null;
        }
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        String id = sidPrefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        EngineSession session =
                new EngineSession(
                        this, listener, id, handshake, webSocket, new ConnectionMemory(lease));
        shutdown.register();
        session.opened();
        sessions.put(id, session);
        if (webSocket != null) {
            webSocket.writer().sendNow(OutboundPacket.text('0', openPayload(id, "")));
            webSocket.writer().startFrom(session);
        }
        if (shutdown.hasBegun()) {
            session.close(CloseReason.SERVER_SHUTDOWN);
        }
        return session;
    }

    String openPayload(String id, String upgrades) {
        return """
                {"sid":"%s","upgrades":[%s],"pingInterval":%s,"pingTimeout":%s,"maxPayload":%s}"""
                .formatted(
                        id,
                        upgrades,
                        settings.pingInterval().toMillis(),
                        settings.pingTimeout().toMillis(),
                        settings.maxPayload());
    }

    /** Null when there is none; one that was closed a moment ago may still be found. */
    @Nullable EngineSession find(String id) {
        EngineSession session = sessions.get(id);
        if (session != null) {
            // A request may come before the scan that would have expired the session.
            session.tick(now());
        }
        return session;
    }

    GracefulShutdown shutdown() {
        return shutdown;
    }

    EndedSessions ended() {
        return ended;
    }

    void closed(EngineSession session, CloseReason reason, AtomicBoolean finalPollPending) {
        // Added first: a request finds the session in one place at least.
        ended.add(session.id(), reason, finalPollPending);
        sessions.remove(session.id());
        log.debug("Session closed: {} {}", reason.code(), reason.text());
    }

    void after(long millis, Runnable task) {
        try {
            var _ = timer.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The server is closed: there is nothing to wait for.
            task.run();
        }
    }

    /** Monotonic: a clock that is set must not end sessions. */
    long now() {
        return System.nanoTime();
    }

    private void tick() {
        long now = now();
        for (EngineSession session : sessions.values()) {
            try {
                session.tick(now);
            } catch (RuntimeException | Error e) {
                // Anything thrown further would end the scan for all of them.
                log.warn("A session's deadlines failed", e);
            }
        }
    }
}
