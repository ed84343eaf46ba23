package com.abrohr.attendance.app.database;

import com.abrohr.attendance.app.settings.StartRefused;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * PostgreSQL as a child of this process, on the loopback address, with a generated password; its
 * data outlives the process. Should the server end by itself it is started again on the same port,
 * so that the pools find it.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    static final String NAME = "attendance";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    // Below the range that systems give to outgoing connections, which could take it meanwhile.
    private static final int LOWEST_PORT = 15_432;
    private static final int HIGHEST_PORT = 32_767;

    private final FileChannel lock;
    private final String password;
    private final int port;
    private final PostgresServer server;
    private final PostgresSupervisor supervisor;

    private EmbeddedDatabase(DataDirectory directory, FileChannel lock, int port) {
        this.lock = lock;
        this.port = port;
        password = directory.secret("postgres.password", 24);
        server = new PostgresServer(directory, password, port);
        supervisor = new PostgresSupervisor(server);
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
                    "The embedded PostgreSQL in %s does not start: %s"
                            .formatted(directory.path(), e.getMessage()),
                    "See %s, or name another database with --attendance.database.url."
                            .formatted(directory.path().resolve("postgres.out")),
                    e);
        }
    }

    private void open() throws IOException, SQLException {
        server.stop();
        try {
            server.start(START_TIMEOUT);
            server.createDatabase(NAME);
        } catch (IOException | RuntimeException | SQLException e) {
            server.stop();
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
        return server.data();
    }

    private static int freePort() throws IOException {
        for (int attempt = 0; attempt < 200; attempt++) {
            int candidate = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT + 1);
            try (ServerSocket probe =
                    new ServerSocket(candidate, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // The next one may be free.
            }
        }
        throw new IOException("no free port between " + LOWEST_PORT + " and " + HIGHEST_PORT);
    }

    /** Stops the server in order and releases the directory. */
    @Override
    public void close() {
        try {
            supervisor.close();
        } finally {
            release(lock);
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            log.warn("The lock of the data directory could not be released", e);
        }
    }
}
