package com.abrohr.attendance.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.app.settings.StartRefused;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** From the tables of the last release without numbers to those of today. */
class MigrationIT {

    private static final String LAST_WITHOUT_NUMBERS = "4";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir static Path home;

    private static EmbeddedDatabase server;

    private JdbcConnectionDetails details;

    @BeforeAll
    static void startServer() {
        server = EmbeddedDatabase.start(new DataDirectory(home.resolve("data")));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeDatabaseOfTheLastRelease() throws SQLException {
        String name = "of_last_release_" + NUMBER.incrementAndGet();
        try (Connection superuser =
                DriverManager.getConnection(server.url(), "postgres", server.password())) {
            execute(
                    superuser,
                    "CREATE DATABASE " + name + " OWNER " + server.username(),
                    // What the owner of an external database may have been given.
                    "ALTER ROLE attendance SET statement_timeout = '1s'",
                    "ALTER ROLE attendance SET idle_in_transaction_session_timeout = '1s'");
        }
        details =
                new DatabaseConfiguration.Details(
                        server.url().replaceFirst("[^/]+$", name),
                        server.username(),
                        server.password());
        Flyway.configure()
                .dataSource(details.getJdbcUrl(), details.getUsername(), details.getPassword())
                .locations("classpath:db/migration")
                .target(LAST_WITHOUT_NUMBERS)
                .initSql("SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0")
                .load()
                .migrate();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attendance-log-writer", "attendance"})
    void isRefusedWhileANodeOfTheLastReleaseIsConnected(String connectedAs) throws Exception {
        try (Connection _ = connect(connectedAs)) {
            assertThatThrownBy(() -> Migration.run(details))
                    .isInstanceOfSatisfying(
                            StartRefused.class,
                            refused -> {
                                assertThat(refused.message())
                                        .isEqualTo(
                                                "The database could not be upgraded: another node is"
                                                        + " connected to this database; stop all nodes,"
                                                        + " then start one of this release");
                                assertThat(refused.action()).contains("docs/runbook.md");
                            });
            assertThat(version()).isEqualTo(LAST_WITHOUT_NUMBERS);
        }
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptionsInstanceOf(StartRefused.class)
                .until(() -> Migration.run(details) != null);
        assertThat(version()).isNotEqualTo(LAST_WITHOUT_NUMBERS);
    }

    /** It takes longer here than the login's time-outs allow. */
    @Test
    void nodesThatStartAtOnceUpgradeOnceAndWaitHoweverLongItTakes() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (Connection reader = connect("somebody who reads the log");
                var _ = new MigrationProgress(details, Duration.ofMillis(20), told::add)) {
            reader.setAutoCommit(false);
            execute(
                    reader,
                    "SET idle_in_transaction_session_timeout = 0",
                    "LOCK TABLE event_log IN ACCESS SHARE MODE");
            var first = CompletableFuture.runAsync(() -> Migration.run(details));
            var second = CompletableFuture.runAsync(() -> Migration.run(details));
            String waiting = "waiting until nobody reads or writes the log";
            await().until(() -> told.contains(waiting));
            await().atMost(Duration.ofSeconds(10))
                    .until(
                            () ->
                                    value(
                                                    reader,
                                                    """
                                                    SELECT (clock_timestamp() - query_start > '3 s')::text
                                                    FROM pg_stat_activity
                                                    WHERE application_name = 'upgrade: %s'
                                                    """
                                                            .formatted(waiting))
                                            .equals("true"));
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();

            reader.rollback();

            first.get(30, TimeUnit.SECONDS);
            second.get(30, TimeUnit.SECONDS);
            assertThat(told).containsOnlyOnce(waiting);
        }
        try (Connection connection = connect("test")) {
            assertThat(
                            value(
                                    connection,
                                    "SELECT count(*)::text FROM flyway_schema_history WHERE version = '5'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void aWatchTellsEachStateOfAnotherSessionOnce() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (Connection connection = connect("test");
                var _ = new MigrationProgress(details, Duration.ofMillis(5), told::add)) {
            connection.setAutoCommit(false);
            execute(connection, "SET idle_in_transaction_session_timeout = 0");
            for (String done : List.of("50", "100")) {
                String state = done + " of 100 events numbered";
                execute(connection, "SET application_name = 'upgrade: " + state + "'");
                await().until(() -> told.contains(state));
            }
        }
        assertThat(told).containsExactly("50 of 100 events numbered", "100 of 100 events numbered");
    }

    private Connection connect(String applicationName) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", server.username());
        properties.setProperty("password", server.password());
        properties.setProperty("ApplicationName", applicationName);
        return DriverManager.getConnection(details.getJdbcUrl(), properties);
    }

    private String version() throws SQLException {
        try (Connection connection = connect("test")) {
            return value(
                    connection,
                    "SELECT version FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
        }
    }

    private static void execute(Connection connection, String... commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private static String value(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
