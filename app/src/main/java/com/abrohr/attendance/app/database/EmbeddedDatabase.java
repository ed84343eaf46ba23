package com.abrohr.attendance.app.database;

import com.abrohr.attendance.app.settings.StartRefused;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * PostgreSQL as a child of this process, on the loopback address, with a generated password; its
 * data outlives the process. Should the server die it is started again on the same port, so that
 * the pools find it.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    static final String NAME = "attendance";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    // Below the range that systems give to outgoing connections, which could take it meanwhile.
    private static final int LOWEST_PORT = 15_432;
    private static final int HIGHEST_PORT = 32_767;

    private final DataDirectory directory;
    private final FileChannel lock;
    private final String password;
    private final int port;
    private final ReentrantLock lifecycle = new ReentrantLock();
    private boolean closed;
    private @Nullable EmbeddedPostgres server;

    private EmbeddedDatabase(DataDirectory directory, FileChannel lock, int port) {
        this.directory = directory;
        this.lock = lock;
        this.port = port;
        this.password = directory.secret("postgres.password", 24);
    }

    /**
     * Starts the server on the directory's data, which it makes if there is none.
     *
     * @throws StartRefused when another process uses the directory or the server does not start
     */
    public static EmbeddedDatabase start(DataDirectory directory) {
        FileChannel lock = directory.lock();
        try {
            EmbeddedDatabase database = new EmbeddedDatabase(directory, lock, freePort());
            database.open();
            return database;
        } catch (IOException | RuntimeException | SQLException e) {
            release(lock);
            if (e instanceof StartRefused refused) {
                throw refused;
            }
            throw new StartRefused(
                    "The embedded PostgreSQL in "
                            + directory.path()
                            + " does not start: "
                            + e.getMessage(),
                    "See "
                            + directory.path().resolve("postgres.out")
                            + ", or name another database with --attendance.database.url.",
                    e);
        }
    }

    private void open() throws IOException, SQLException {
        new LeftBehindPostgres(binaries(), data()).stop();
        try {
            startServer();
            createDatabase();
        } catch (IOException | RuntimeException | SQLException e) {
            new LeftBehindPostgres(binaries(), data()).stop();
            throw e;
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME;
    }

    public String username() {
        return NAME;
    }

    public String password() {
        return password;
    }

    public Path data() {
        return directory.path().resolve("postgres");
    }

    private Path binaries() {
        return directory.path().resolve("postgres-binaries");
    }

    private void startServer() throws IOException {
        Path passwordFile = Files.createTempFile(directory.path(), "initdb", ".password");
        Path output = directory.path().resolve("postgres.out");
        try {
            Files.writeString(passwordFile, password);
            EmbeddedPostgres started =
                    EmbeddedPostgres.builder()
                            .setOverrideWorkingDirectory(binaries().toFile())
                            .setDataDirectory(data())
                            .setCleanDataDirectory(false)
                            .setRegisterShutdownHook(false)
                            .setPort(port)
                            .setPGStartupWait(START_PATIENCE)
                            .setConnectConfig("password", password)
                            // Options of initdb; the later --auth replaces the library's "trust".
                            .setLocaleConfig("auth", "scram-sha-256")
                            .setLocaleConfig("pwfile", passwordFile.toString())
                            .setLocaleConfig("locale", "C")
                            // The library passes -F (no fsync) first: these come after it.
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("full_page_writes", "on")
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
                            .setOutputRedirector(ProcessBuilder.Redirect.to(output.toFile()))
                            .setErrorRedirector(ProcessBuilder.Redirect.to(output.toFile()))
                            .start();
            server = started;
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        new LeftBehindPostgres(binaries(), data())
                .postmaster()
                .ifPresent(postmaster -> postmaster.onExit().thenRunAsync(this::startAgain));
    }

    private void startAgain() {
        lifecycle.lock();
        try {
            if (closed) {
                return;
            }
            LOG.error("PostgreSQL ended by itself; starting it again");
            EmbeddedPostgres dead = server;
            if (dead != null) {
                dead.close();
            }
            startServer();
            LOG.info("PostgreSQL runs again");
        } catch (IOException | RuntimeException e) {
            LOG.error("PostgreSQL could not be started again; restart this process", e);
        } finally {
            lifecycle.unlock();
        }
    }

    private void createDatabase() throws SQLException {
        EmbeddedPostgres running = server;
        if (running == null) {
            throw new IllegalStateException("no server");
        }
        try (Connection connection = running.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + NAME + "'")) {
                // The password is hex that this class made: nothing in it can end the literal.
                statement.execute(
                        "CREATE ROLE "
                                + NAME
                                + " LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD '"
                                + password
                                + "'");
            }
            if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
                statement.execute(
                        "CREATE DATABASE "
                                + NAME
                                + " OWNER "
                                + NAME
                                + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
                statement.execute("REVOKE CONNECT ON DATABASE " + NAME + " FROM PUBLIC");
            }
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static int freePort() throws IOException {
        for (int attempt = 0; attempt < 200; attempt++) {
            int candidate = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT + 1);
            try (ServerSocket probe =
                    new ServerSocket(candidate, 1, InetAddress.getByName("127.0.0.1"))) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IOException("no free port between " + LOWEST_PORT + " and " + HIGHEST_PORT);
    }

    /** Stops the server in order and gives the directory free. */
    @Override
    public void close() {
        lifecycle.lock();
        try {
            closed = true;
            EmbeddedPostgres running = server;
            server = null;
            if (running != null) {
                running.close();
            }
            new LeftBehindPostgres(binaries(), data()).stop();
        } catch (IOException e) {
            LOG.warn("PostgreSQL did not stop in order", e);
        } finally {
            release(lock);
            lifecycle.unlock();
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The lock of the data directory could not be given free", e);
        }
    }
}
