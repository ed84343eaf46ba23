package com.abrohr.attendance.app.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Connections outside the pools, in the role of writer and projections. */
final class StreamConnections {
    private final MigratedDatabase database;

    StreamConnections(MigratedDatabase database) {
        this.database = database;
    }

    Connection open(Properties driverProperties) throws SQLException {
        var details = database.details();
        Properties properties = new Properties();
        properties.putAll(driverProperties);
        if (details.getUsername() != null) {
            properties.setProperty("user", details.getUsername());
        }
        if (details.getPassword() != null) {
            properties.setProperty("password", details.getPassword());
        }
        Connection connection = DriverManager.getConnection(details.getJdbcUrl(), properties);
        if (database.streamRole().isPresent()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET ROLE " + database.streamRole().get());
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
        return connection;
    }
}
