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
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * PostgreSQL as a child of this process, on the loopback address, with a generated password; its
 * data outlives the process. Should the server end by itself it is started again on the same port,
 * so that the pools find it, as often as it takes.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    static final String NAME = "attendance";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration FIRST_START_TIMEOUT = Duration.ofSeconds(60);

    // Recovery after a crash takes as long as it takes while the server lives.
    private static final Duration RESTART_TIMEOUT = Duration.ofDays(1);
    private static final Duration ABSENCE_TIMEOUT = Duration.ofSeconds(3);
    private static final long ABSENCE_POLL_MILLIS = 100;

    // Below the range that systems give to outgoing connections, which could take it meanwhile.
    private static final int LOWEST_PORT = 15_432;
    private static final int HIGHEST_PORT = 32_767;

    private final DataDirectory directory;
    private final FileChannel lock;
    private final String password;
    private final int port;
    private final ReentrantLock lifecycle = new ReentrantLock();
    private final RestartBackoff backoff = new RestartBackoff();
    private final Thread supervisor =
            Thread.ofPlatform().daemon().name("postgres-supervisor").unstarted(this::keepRunning);
    private volatile boolean closed;
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
            database.supervisor.start();
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
        postgres().stop();
        try {
            startServer(FIRST_START_TIMEOUT);
            createDatabase();
        } catch (IOException | RuntimeException | SQLException e) {
            postgres().stop();
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

    private LeftBehindPostgres postgres() {
        return new LeftBehindPostgres(binaries(), data());
    }

    private void startServer(Duration timeout) throws IOException {
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
                            .setOutputRedirector(ProcessBuilder.Redirect.to(output.toFile()))
                            .setErrorRedirector(ProcessBuilder.Redirect.to(output.toFile()))
                            .start();
            server = started;
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private void keepRunning() {
        try {
            while (!closed) {
                awaitEnd();
                startAgain();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void awaitEnd() throws InterruptedException {
        Optional<ProcessHandle> postmaster = postgres().postmaster();
        if (postmaster.isPresent()) {
            long since = System.nanoTime();
            try {
                postmaster.get().onExit().get();
            } catch (ExecutionException e) {
                LOG.debug("PostgreSQL could not be waited for", e);
            }
            backoff.ranFor(Duration.ofNanos(System.nanoTime() - since));
        }
    }

    /** Tries until the server runs; says so once, not with each try. */
    private void startAgain() throws InterruptedException {
        if (closed) {
            return;
        }
        LOG.error("PostgreSQL ended by itself; starting it again");
        boolean failed = false;
        while (!closed) {
            Thread.sleep(backoff.next());
            try {
                tryToStart();
                LOG.info("PostgreSQL runs again");
                return;
            } catch (IOException | RuntimeException e) {
                if (!failed) {
                    LOG.error(
                            "PostgreSQL does not start; it is tried again at least every {} s: {}",
                            RestartBackoff.LONGEST.toSeconds(),
                            e.toString());
                }
                failed = true;
            }
        }
    }

    private void tryToStart() throws IOException, InterruptedException {
        lifecycle.lockInterruptibly();
        try {
            EmbeddedPostgres ended = server;
            server = null;
            if (ended != null) {
                ended.close();
            }
            postgres().stop();
            // The library's own lock stays with a start that failed in this process.
            Files.deleteIfExists(data().resolve("epg-lock"));
            try (var _ = new InterruptOnAbsence(Thread.currentThread(), postgres())) {
                startServer(RESTART_TIMEOUT);
            }
            boolean interrupted = Thread.interrupted();
            if (closed) {
                throw new InterruptedException();
            }
            if (interrupted || postgres().postmaster().isEmpty()) {
                throw new IOException(
                        "it ended while it started, see " + data().resolve("log") + " for why");
            }
        } finally {
            lifecycle.unlock();
        }
    }

    /** The library waits for a server also when it has ended; an interrupt lets it return. */
    private static final class InterruptOnAbsence implements AutoCloseable {

        private final Thread starter;
        private final LeftBehindPostgres postgres;
        private final Thread watch;

        InterruptOnAbsence(Thread starter, LeftBehindPostgres postgres) {
            this.starter = starter;
            this.postgres = postgres;
            this.watch = Thread.ofVirtual().name("postgres-start-watch").start(this::watch);
        }

        private void watch() {
            long lastSeen = System.nanoTime();
            try {
                while (System.nanoTime() - lastSeen < ABSENCE_TIMEOUT.toNanos()) {
                    Thread.sleep(ABSENCE_POLL_MILLIS);
                    if (postgres.postmaster().isPresent()) {
                        lastSeen = System.nanoTime();
                    }
                }
                starter.interrupt();
            } catch (InterruptedException e) {
                // Closed.
            }
        }

        @Override
        public void close() {
            watch.interrupt();
            boolean interrupted = Thread.interrupted();
            try {
                watch.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
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
        closed = true;
        supervisor.interrupt();
        lifecycle.lock();
        try {
            EmbeddedPostgres running = server;
            server = null;
            if (running != null) {
                running.close();
            }
            postgres().stop();
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
