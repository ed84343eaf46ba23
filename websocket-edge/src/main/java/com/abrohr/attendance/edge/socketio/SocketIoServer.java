package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.EngineIoSettings;

import java.util.Collection;

/** A Socket.IO endpoint: namespaces on one Engine.IO endpoint. */
public final class SocketIoServer implements AutoCloseable {

    public SocketIoServer(EngineIoSettings settings, Collection<Namespace> namespaces) {
        throw new UnsupportedOperationException("to come");
    }

    /** Connections open now, joined to a namespace or not. */
    public int connections() {
        return 0;
    }

    /**
     * Takes no new connection and closes the open ones with {@code SERVER_SHUTDOWN}; waits 5 s at
     * most for handlers.
     */
    @Override
    public void close() {}
}
