package com.abrohr.attendance.command.eventstore;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The writer's session, opened again whenever it was lost. Used by the writer's thread. */
final class LogSessions {
    private static final Logger log = LoggerFactory.getLogger(LogSessions.class);

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final DedicatedConnections connections;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable LogSession session;
    private volatile boolean connected;
    private volatile int backendPid;

    LogSessions(DedicatedConnections connections) {
        this.connections = connections;
    }

    /** Whether there is a session that was not lost yet, as any thread may ask. */
    boolean isConnected() {
        return connected;
    }

    /** The PostgreSQL backend of the last session; 0 before the first. */
    int backendPid() {
        return backendPid;
    }

    /** Answers the session, opening one if need be; null when {@link #close} came first. */
    @Nullable LogSession connect() throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (session == null) {
            try {
                LogSession opened = WriterConnection.open(connections);
                session = opened;
                backendPid = opened.backendPid();
                connected = true;
            } catch (SQLException | RuntimeException e) {
                log.warn("The writer of the event log has no connection: {}", e.toString());
                if (closing.await(pause, TimeUnit.MILLISECONDS)) {
                    return null;
                }
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            }
        }
        return session;
    }

    void disconnect() {
        connected = false;
        LogSession dead = session;
        session = null;
        if (dead != null) {
            dead.close();
        }
    }

    void rollback() {
        LogSession current = session;
        if (current != null) {
            try {
                current.rollback();
            } catch (SQLException e) {
                log.debug("A connection that could not roll back is dropped", e);
                disconnect();
            }
        }
    }

    /** Ends the wait for a connection; called by any thread. */
    void close() {
        closing.countDown();
    }
}
