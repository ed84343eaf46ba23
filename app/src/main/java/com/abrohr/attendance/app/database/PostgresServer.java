package com.abrohr.attendance.app.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** The PostgreSQL of one data directory, on one port. Used by one thread at a time. */
final class PostgresServer {
    private final DataDirectory directory;
    private final String password;
    private final int port;
    private final OrphanedPostgres process;
    private @Nullable EmbeddedPostgres server;

    PostgresServer(DataDirectory directory, String password, int port) {
        this.directory = directory;
        this.password = password;
        this.port = port;
        this.process = new OrphanedPostgres(binaries(), data());
    }

    Path data() {
        return directory.path().resolve("postgres");
    }

    private Path binaries() {
        return directory.path().resolve("postgres-binaries");
    }

    /** The server process, whoever started it. For any thread. */
    Optional<ProcessHandle> process() {
        return process.postmaster();
    }

    /** Starts the server, and makes its data if there is none. */
    void start(Duration timeout) throws IOException {
        Path passwordFile = Files.createTempFile(directory.path(), "initdb", ".password");
        var output = ProcessBuilder.Redirect.to(directory.path().resolve("postgres.out").toFile());
        try {
            Files.writeString(passwordFile, password);
            server =
                    EmbeddedPostgres.builder()
                            .setOverrideWorkingDirectory(binaries().toFile())
                            .setDataDirectory(data())
                            .setCleanDataDirectory(false)
                            .setRegisterShutdownHook(false)
                            .setPort(port)
                            .setPGStartupWait(timeout)
                            .setConnectConfig("password", password)
                            // Options of initdb; the later --auth replaces the library's "trust".
                            .setLocaleConfig("auth", "scram-sha-256")
                            .setLocaleConfig("pwfile", passwordFile.toString())
                            .setLocaleConfig("locale", "C")
                            // The library passes -F (no fsync) first: these come after it.
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("full_page_writes", "on")
                            .setServerConfig(
                                    PostgresOwner.SETTING, PostgresOwner.current().setting())
                            .setServerConfig("listen_addresses", "127.0.0.1")
                            .setServerConfig("unix_socket_directories", "")
                            .setServerConfig("max_connections", "50")
                            .setServerConfig("shared_buffers", "128MB")
                            .setServerConfig("max_wal_size", "1GB")
                            .setServerConfig("checkpoint_timeout", "15min")
                            .setServerConfig("jit", "off")
                            .setServerConfig("timezone", "UTC")
                            .setServerConfig("log_timezone", "UTC")
                            .setServerConfig("logging_collector", "on")
                            .setServerConfig("log_filename", "postgresql-%a.log")
                            .setServerConfig("log_truncate_on_rotation", "on")
                            .setServerConfig("log_rotation_age", "1d")
                            .setServerConfig("log_rotation_size", "0")
                            // Statements and their parameters can hold personal data.
                            .setServerConfig("log_min_error_statement", "panic")
                            .setServerConfig("log_error_verbosity", "terse")
                            .setOutputRedirector(output)
                            .setErrorRedirector(output)
                            .start();
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /** Stops the server in order, and one that an earlier process left running. */
    void stop() throws IOException {
        EmbeddedPostgres running = server;
        server = null;
        if (running != null) {
            running.close();
        }
        process.stop();
    }

    /** Removes the library's own lock, which stays after a start that failed in this process. */
    void unlock() throws IOException {
        Files.deleteIfExists(data().resolve("epg-lock"));
    }

    /** Creates the role and the database of this name unless they exist. */
    void createDatabase(String name) throws SQLException {
        EmbeddedPostgres running = server;
        if (running == null) {
            throw new IllegalStateException("no server");
        }
        try (Connection connection = running.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + name + "'")) {
                // The password is hex of our own: nothing in it can end the literal.
                statement.execute(
                        "CREATE ROLE %s LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD '%s'"
                                .formatted(name, password));
            }
            if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
                statement.execute(
                        "CREATE DATABASE %s OWNER %<s TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
                                .formatted(name));
                statement.execute("REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC");
            }
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
