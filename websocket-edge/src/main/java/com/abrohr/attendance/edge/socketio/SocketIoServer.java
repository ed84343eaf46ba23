package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.engineio.EngineIoSettings;
import com.abrohr.attendance.edge.engineio.EngineListener;
import com.abrohr.attendance.edge.engineio.EngineServer;
import com.abrohr.attendance.edge.engineio.EngineSession;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * A Socket.IO endpoint: namespaces on one Engine.IO endpoint. A bean of this type is mounted and
 * closed by {@link SocketIoTransportConfiguration}.
 */
public final class SocketIoServer implements AutoCloseable {
    private final Map<String, Namespace> namespaces;
    private final EngineServer engine;
    private final SecureRandom random = new SecureRandom();

    /**
     * @throws IllegalArgumentException for two namespaces of one name
     */
    public SocketIoServer(EngineIoSettings settings, Collection<Namespace> namespaces) {
        Map<String, Namespace> byName = new HashMap<>();
        for (Namespace namespace : namespaces) {
            if (byName.put(namespace.name(), namespace) != null) {
                throw new IllegalArgumentException("namespace twice: " + namespace.name());
            }
        }
        this.namespaces = Map.copyOf(byName);
        this.engine = new EngineServer(settings, new Clients());
        // Loads what the first client would otherwise wait for.
        OutboundEvent.event("warm", Json.read("{}")).message("/");
    }

    /** The endpoint below, to be mounted. */
    public EngineServer engine() {
        return engine;
    }

    /** Connections open now, joined to a namespace or not. */
    public int connections() {
        return engine.size();
    }

    /**
     * Takes no new connection and closes the open ones with {@code SERVER_SHUTDOWN}; waits 5 s at
     * most for handlers.
     */
    @Override
    public void close() {
        engine.close();
    }

    @Nullable Namespace namespace(String name) {
        return namespaces.get(name);
    }

    String newSocketId() {
        byte[] bits = new byte[15];
        random.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** A connection that is in no namespace does not live long. */
    void awaitConnect(EngineSession session) {
        Duration timeout = engine.settings().connectTimeout();
        // A fifth more, so that a busy machine does not turn away a client that is on its way.
        session.closeAfter(timeout.plus(timeout.dividedBy(5)), CloseReason.CONNECT_TIMEOUT);
    }

    private final class Clients implements EngineListener {
        @Override
        public void opened(EngineSession session) {
            session.attach(new SocketIoConnection(SocketIoServer.this, session));
            awaitConnect(session);
        }

        @Override
        public void text(EngineSession session, String message) {
            client(session).text(message);
        }

        @Override
        public void binary(EngineSession session, byte[] message) {
            client(session).binary(message);
        }

        @Override
        public void closed(EngineSession session, CloseReason reason) {
            // None was opened when the session ended at once.
            if (session.attachment() instanceof SocketIoConnection client) {
                client.closed(reason);
            }
        }

        private SocketIoConnection client(EngineSession session) {
            if (session.attachment() instanceof SocketIoConnection client) {
                return client;
            }
            throw new IllegalStateException("a session without its client");
        }
    }
}
