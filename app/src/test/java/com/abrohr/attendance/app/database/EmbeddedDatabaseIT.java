package com.abrohr.attendance.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import com.abrohr.attendance.app.settings.StartRefused;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One data directory through the lives of several processes; ordered because starts are dear. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddedDatabaseIT {

    @TempDir static Path home;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    @Order(1)
    void startsDurableUtf8OnLoopbackAndForTheOwnerOnly() throws Exception {
        try (var database = EmbeddedDatabase.start(directory());
                Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            assertThat(setting(statement, "fsync")).isEqualTo("on");
            assertThat(setting(statement, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(statement, "full_page_writes")).isEqualTo("on");
            assertThat(setting(statement, "server_encoding")).isEqualTo("UTF8");
            assertThat(setting(statement, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(
                            value(
                                    statement,
                                    "SELECT datcollate FROM pg_database WHERE datname = 'attendance'"))
                    .isEqualTo("C");
            assertThat(
                            value(
                                    statement,
                                    "SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("false");
            assertThat(URI.create(database.url().substring("jdbc:".length())).getPort())
                    .isBetween(15_432, 32_767);
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(directory().path())))
                    .isEqualTo("rwx------");
            assertThatThrownBy(
                            () ->
                                    DriverManager.getConnection(
                                            database.url(), "attendance", "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory()))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("in use by another process (pid");
            statement.execute("CREATE TABLE kept (n int)");
            statement.execute("INSERT INTO kept VALUES (1)");
        }
        assertThat(directory().path().resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    @Order(2)
    void aSecondProcessIsRefusedAndAnOrderlyEndStopsPostgres() throws Exception {
        Process first = hold();
        assertThat(line(first)).startsWith("URL ");

        Process second = hold();
        assertThat(line(second))
                .startsWith("REFUSED attendance.data-dir: ")
                .contains("is in use by another process (pid " + first.pid() + ")");
        assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);

        long postmaster = postmaster();
        first.getOutputStream().close();
        assertThat(line(first)).isEqualTo("STOPPED");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> ProcessHandle.of(postmaster).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    @Order(3)
    void whatAKilledProcessLeavesBehindIsStoppedAndItsDataKept() throws Exception {
        Process killed = hold();
        String url = line(killed).substring("URL ".length());
        String password = directory().secret("postgres.password", 24);
        try (Connection connection = DriverManager.getConnection(url, "attendance", password);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO kept VALUES (2)");
        }
        long leftBehind = postmaster();
        killed.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(leftBehind))
                .hasValueSatisfying(p -> assertThat(p.isAlive()).isTrue());

        try (var database = EmbeddedDatabase.start(directory());
                Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            assertThat(ProcessHandle.of(leftBehind).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(value(statement, "SELECT string_agg(n::text, ',' ORDER BY n) FROM kept"))
                    .isEqualTo("1,2");
        }
    }

    @Test
    @Order(4)
    void aKilledPostgresIsStartedAgainOnItsPort() throws Exception {
        try (var database = EmbeddedDatabase.start(directory())) {
            long before = postmaster();
            ProcessHandle.of(before).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> {
                                try (Connection connection = connect(database);
                                        Statement statement = connection.createStatement()) {
                                    assertThat(value(statement, "SELECT count(*)::text FROM kept"))
                                            .isEqualTo("2");
                                }
                            });
            assertThat(postmaster()).isNotEqualTo(before);
        }
    }

    @Test
    @Order(5)
    void aPostgresThatDoesNotStartIsTriedUntilItDoesAndTheLogSaysSoOnce() throws Exception {
        Path wal = directory().path().resolve("postgres/pg_wal");
        Path hidden = directory().path().resolve("hidden-wal");
        try (var said = new CapturedLog();
                var database = EmbeddedDatabase.start(directory())) {
            Files.move(wal, hidden);
            long triesBefore = triesWithoutWal();
            ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> triesWithoutWal() >= triesBefore + 3);
            Files.move(hidden, wal);

            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> connect(database).close());
            await().untilAsserted(
                            () ->
                                    assertThat(said.messages())
                                            .containsExactly(
                                                    "PostgreSQL ended by itself; starting it again",
                                                    "PostgreSQL does not start; it is tried again",
                                                    "PostgreSQL runs again"));
        }
    }

    @Test
    @Order(6)
    void whoeverStopsWhilePostgresDoesNotStartIsNotHeldUp() throws Exception {
        Path wal = directory().path().resolve("postgres/pg_wal");
        Path hidden = directory().path().resolve("hidden-wal");
        var database = EmbeddedDatabase.start(directory());
        Files.move(wal, hidden);
        long triesBefore = triesWithoutWal();
        ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();
        await().atMost(Duration.ofSeconds(60)).until(() -> triesWithoutWal() > triesBefore);

        assertTimeout(Duration.ofSeconds(10), database::close);

        Files.move(hidden, wal);
        assertThat(directory().path().resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    @Order(7)
    void whoeverDeletesTheLockFileLetsNobodyStopThePostgresOfARunningProcess() throws Exception {
        Process first = hold();
        assertThat(line(first)).startsWith("URL ");
        long postmaster = postmaster();
        Files.delete(directory().path().resolve("attendance.lock"));

        Process second = hold();

        assertThat(line(second))
                .startsWith("REFUSED attendance.data-dir: ")
                .contains("is in use by another process (pid " + first.pid() + ")");
        assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ProcessHandle.of(postmaster).filter(ProcessHandle::isAlive)).isPresent();
        first.getOutputStream().close();
        assertThat(line(first)).isEqualTo("STOPPED");
    }

    @Test
    @Order(8)
    void aDatabaseThatForgetsCommitsIsRefused() throws Exception {
        try (var database = EmbeddedDatabase.start(directory())) {
            try (Connection connection = connect(database);
                    Statement statement = connection.createStatement()) {
                statement.execute("ALTER ROLE attendance SET synchronous_commit = off");
            }
            var details =
                    new DatabaseConfiguration.Details(
                            database.url(), database.username(), database.password());

            assertThatThrownBy(() -> Migration.run(details))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("synchronous_commit is off");
        }
    }

    /** How often PostgreSQL has said why it cannot start. */
    private static long triesWithoutWal() throws IOException {
        try (var logs = Files.list(directory().path().resolve("postgres/log"))) {
            long tries = 0;
            for (Path log : logs.toList()) {
                try (var lines = Files.lines(log)) {
                    tries += lines.filter(l -> l.contains("FATAL") && l.contains("pg_wal")).count();
                }
            }
            return tries;
        }
    }

    /** What the database logs while this is open. */
    private static final class CapturedLog implements AutoCloseable {

        private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
        private final Logger logger = (Logger) LoggerFactory.getLogger(PostgresSupervisor.class);

        CapturedLog() {
            lines.start();
            logger.addAppender(lines);
        }

        /** Each line up to where it goes into details. */
        List<String> messages() {
            return List.copyOf(lines.list).stream()
                    .map(line -> line.getFormattedMessage().replaceFirst(" at least every.*", ""))
                    .toList();
        }

        @Override
        public void close() {
            logger.detachAppender(lines);
        }
    }

    private static DataDirectory directory() {
        return new DataDirectory(home.resolve("data"));
    }

    private Process hold() throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DatabaseHolderProcess.class.getName(),
                                directory().path().toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        processes.add(process);
        return process;
    }

    /** The next line that the process says in its own words; its log is passed over. */
    private static String line(Process process) throws IOException {
        var reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = reader.readLine();
        while (line != null && !line.matches("(URL|REFUSED|STOPPED).*")) {
            line = reader.readLine();
        }
        return line == null ? "" : line;
    }

    private static long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(directory().path().resolve("postgres/postmaster.pid"))
                        .getFirst()
                        .strip());
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(
                database.url(), database.username(), database.password());
    }

    private static String setting(Statement statement, String name) throws SQLException {
        return value(statement, "SELECT current_setting('" + name + "')");
    }

    private static String value(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
