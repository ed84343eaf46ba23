package com.abrohr.attendance.app.database;

import com.zaxxer.hikari.HikariDataSource;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A pool before which threads wait in line, so that no more of them ask it than it has connections.
 * The pool's own way to hand a connection to a waiting thread is to spin until that thread takes
 * it: with hundreds of virtual threads waiting on a few carriers that takes seconds, and some are
 * never served.
 */
final class QueuedPool extends HikariDataSource {

    private final Semaphore turns;
    private final Duration patience;

    /**
     * @param patience how long a thread waits in line; the pool's own time-out comes on top
     */
    QueuedPool(int size, Duration patience) {
        this.turns = new Semaphore(size, true);
        this.patience = patience;
        setMaximumPoolSize(size);
    }

    @Override
    public Connection getConnection() throws SQLException {
        awaitTurn();
        boolean taken = false;
        try {
            Connection connection = returning(super.getConnection());
            taken = true;
            return connection;
        } finally {
            if (!taken) {
                turns.release();
            }
        }
    }

    int waiting() {
        return turns.getQueueLength();
    }

    private void awaitTurn() throws SQLException {
        try {
            if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException(
                        "no connection in " + patience + ", waiting: " + waiting());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting in line", e);
        }
    }

    /** The next in line has its turn once the connection is closed. */
    private Connection returning(Connection connection) {
        AtomicBoolean closed = new AtomicBoolean();
        return (Connection)
                Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (self, method, arguments) -> {
                            boolean closing = method.getName().equals("close");
                            try {
                                return method.invoke(connection, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            } finally {
                                if (closing && closed.compareAndSet(false, true)) {
                                    turns.release();
                                }
                            }
                        });
    }
}
