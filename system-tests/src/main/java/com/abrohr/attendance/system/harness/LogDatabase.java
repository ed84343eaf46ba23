package com.abrohr.attendance.system.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The embedded database of a server, looked at past the server as its superuser. */
public final class LogDatabase {
    private LogDatabase() {}

    public static Connection connect(Path dataDirectory) throws SQLException, IOException {
        String password = Files.readString(dataDirectory.resolve("postgres.password")).strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:"
                        + DataDirectories.databasePort(dataDirectory)
                        + "/attendance",
                "postgres",
                password);
    }
}
