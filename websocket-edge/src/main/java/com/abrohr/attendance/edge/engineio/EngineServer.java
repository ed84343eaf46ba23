package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * One Engine.IO endpoint: its sessions, and the one thread that watches all their deadlines. Mount
 * it with {@link EngineIoHandlerMapping}.
 */
public final class EngineServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EngineServer.class);
    private static final int REMEMBERED = 1_000;
    private static final long CLOSE_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final EngineIoSettings settings;
    private final EngineListener listener;
    private final String sidsBeginWith;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<String, EngineSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, Ended> remembered =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Ended> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private final Accounts accounts;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<LingeringUpgrade> ending = ConcurrentHashMap.newKeySet();
    private final Object disposal = new Object();
    private int undisposed;
    private volatile boolean closing;

    public EngineServer(EngineIoSettings settings, EngineListener listener) {
        this.settings = settings;
        this.listener = listener;
        accounts = new Accounts(settings.limits());
        sidsBeginWith = settings.node().isEmpty() ? "" : settings.node() + ".";
        timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("socket-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        long shortest =
                Math.min(settings.pingInterval().toMillis(), settings.pingTimeout().toMillis());
        long period = Math.clamp(shortest / 40, 10, 500);
        timer.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.MILLISECONDS);
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

    /** Bytes held for all clients together, in blocks. */
    public long heldBytes() {
        return accounts.bytes();
    }

    Accounts accounts() {
        return accounts;
    }

    /**
     * Takes no new session, closes the open ones with {@link CloseReason#SERVER_SHUTDOWN} and waits
     * until their listeners have heard of it and the close frames are written, 5 s at most, and a
     * second at most until the clients have answered those.
     */
    @Override
    public void close() {
        closing = true;
        List.copyOf(sessions.values())
                .forEach(session -> session.close(CloseReason.SERVER_SHUTDOWN));
        awaitDisposal();
        awaitAnswers();
        timer.shutdown();
    }

    private void awaitDisposal() {
        long until = now() + CLOSE_WAIT_NANOS;
        synchronized (disposal) {
            try {
                for (long left = until - now(); undisposed > 0 && left > 0; left = until - now()) {
                    disposal.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The web server is stopped next, and resets the sockets that it has not read to their end. */
    private void awaitAnswers() {
        long until = now() + TimeUnit.MILLISECONDS.toNanos(LingeringUpgrade.LINGER_MILLIS);
        ending.removeIf(LingeringUpgrade::isClosed);
        while (!ending.isEmpty() && until - now() > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            ending.removeIf(LingeringUpgrade::isClosed);
        }
        ending.clear();
    }

    /** A connection whose close frame is written and whose client may not have answered it. */
    void ending(LingeringUpgrade connection) {
        if (closing) {
            ending.add(connection);
        }
    }

    private boolean acceptsSessions() {
        return !closing && sessions.size() < settings.limits().connections();
    }

    boolean acceptsSessionFrom(String address) {
        return acceptsSessions() && accounts.hasPlaceFor(address);
    }

    /** Opens a session and says so to its client; null when none is taken. */
    @Nullable EngineSession open(Handshake handshake, @Nullable WebSocketLink link) {
        Accounts.Place place =
                acceptsSessions() ? accounts.arrive(handshake.remoteAddress()) : null;
        if (place == null) {
            return null;
        }
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        String id = sidsBeginWith + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        EngineSession session =
                new EngineSession(this, listener, id, handshake, link, new Holding(place));
        undisposed();
        session.opened();
        sessions.put(id, session);
        if (link != null) {
            link.sendNow(EnginePacket.text('0', openPayload(id, "")));
            link.startFrom(session);
        }
        if (closing) {
            session.close(CloseReason.SERVER_SHUTDOWN);
        }
        return session;
    }

    String openPayload(String id, String upgrades) {
        return "{\"sid\":\""
                + id
                + "\",\"upgrades\":["
                + upgrades
                + "],\"pingInterval\":"
                + settings.pingInterval().toMillis()
                + ",\"pingTimeout\":"
                + settings.pingTimeout().toMillis()
                + ",\"maxPayload\":"
                + settings.maxPayload()
                + "}";
    }

    /** May have been closed a moment ago; null when that is longer ago, or never was. */
    @Nullable EngineSession find(String id) {
        EngineSession session = sessions.get(id);
        if (session != null) {
            // A request may come before the scan that would have expired the session.
            session.tick(now());
        }
        return session;
    }

    /** Why a session that is no longer there ended, when that was not long ago. */
    @Nullable CloseReason whyClosed(String id) {
        synchronized (remembered) {
            Ended ended = remembered.get(id);
            return ended == null ? null : ended.reason;
        }
    }

    /**
     * Whether a poll is still to be ended in good order: the client sent its close and a poll at
     * once, and the close came first. True once.
     */
    boolean owesLastPoll(String id) {
        synchronized (remembered) {
            Ended ended = remembered.get(id);
            return ended != null && ended.lastPollOwed.compareAndSet(true, false);
        }
    }

    void closed(EngineSession session, CloseReason reason, AtomicBoolean lastPollOwed) {
        // Remembered first: a request finds the session in one place at least.
        synchronized (remembered) {
            remembered.put(session.id(), new Ended(reason, lastPollOwed));
        }
        sessions.remove(session.id());
        log.debug("Session closed: {} {}", reason.code(), reason.text());
    }

    /** Somebody else that {@link #close()} waits for. */
    void undisposed() {
        synchronized (disposal) {
            undisposed++;
        }
    }

    void disposed() {
        synchronized (disposal) {
            undisposed--;
            disposal.notifyAll();
        }
    }

    void after(long millis, Runnable task) {
        try {
            timer.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The server is closed: whoever is still connected waits for nothing.
            task.run();
        }
    }

    /** Monotonic: a clock that is set must not end sessions. */
    long now() {
        return System.nanoTime();
    }

    private record Ended(CloseReason reason, AtomicBoolean lastPollOwed) {}

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
