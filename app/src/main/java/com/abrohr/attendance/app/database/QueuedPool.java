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
 * A pool with a fair queue in front, so that no more threads ask it than it has connections.
 * HikariCP hands a connection to a waiting thread by spinning until that thread takes it: with
 * hundreds of virtual threads on a few carriers that takes seconds, and some are never served.
 */
final class QueuedPool extends HikariDataSource {
    private final Semaphore permits;
    private final Duration timeout;

    /**
     * @param timeout how long a thread waits in the queue; the pool's own time-out is added
     */
    QueuedPool(int size, Duration timeout) {
        this.permits = new Semaphore(size, true);
        this.timeout = timeout;
        setMaximumPoolSize(size);
    }

    @Override
    public Connection getConnection() throws SQLException {
        acquirePermit();
        boolean taken = false;
        try {
            Connection connection = returning(super.getConnection());
            taken = true;
            return connection;
        } finally {
            if (!taken) {
                permits.release();
            }
        }
    }

    int waiting() {
        return permits.getQueueLength();
    }

    private void acquirePermit() throws SQLException {
        try {
            if (!permits.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException(
                        "no connection in " + timeout + ", waiting: " + waiting());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException(
                    "interrupted while waiting for a connection", e);
        }
    }

    /** Lets the next thread ask the pool once the connection is closed. */
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
                                    permits.release();
                                }
                            }
                        });
    }
}
