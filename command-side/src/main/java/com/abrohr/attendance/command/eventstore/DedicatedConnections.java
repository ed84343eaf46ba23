package com.abrohr.attendance.command.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Opens connections that belong to no pool: the writer and the listener each keep one for life.
 * Whoever asks also closes.
 */
@FunctionalInterface
public interface DedicatedConnections {
    /**
     * Opens a connection as the stream role's user.
     *
     * @param driverProperties what the caller needs of the PostgreSQL driver (time-outs,
     *     application name); the implementation adds user, password and whatever the URL needs
     */
    Connection open(Properties driverProperties) throws SQLException;
}
