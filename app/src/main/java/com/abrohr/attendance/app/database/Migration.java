package com.abrohr.attendance.app.database;

import com.abrohr.attendance.app.settings.StartRefused;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/**
 * Prepares a database for use: checks it (one that could lose acknowledged commits is refused),
 * migrates it as the login user, and finds out which roles the login may take.
 */
final class Migration {
    static final String STREAM_ROLE = "attendance_stream";
    static final String READER_ROLE = "attendance_reader";

    private static final Logger log = LoggerFactory.getLogger(Migration.class);
    private static final int OLDEST_VERSION = 150_000;

    /** SQLSTATE of a migration when a node of an older release is still connected. */
    private static final String OBJECT_IN_USE = "55006";

    private static final int NO_LIMIT = -1;

    // An upgrade takes as long as it takes, and Flyway's own lock is idle in its transaction all
    // the while. The last of them is there from PostgreSQL 17 on.
    private static final String WITHOUT_TIMEOUTS =
            """
            SELECT set_config(name, '0', false) FROM pg_settings
            WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout',
                'transaction_timeout')
            """;

    private Migration() {}

    /**
     * @throws StartRefused when the database cannot be reached, is not durable or cannot be
     *     migrated
     */
    static MigratedDatabase run(JdbcConnectionDetails details) {
        try (Connection connection =
                DriverManager.getConnection(
                        details.getJdbcUrl(), details.getUsername(), details.getPassword())) {
            check(connection);
            migrate(details);
            return new MigratedDatabase(
                    details,
                    roleIfAllowed(connection, STREAM_ROLE),
                    roleIfAllowed(connection, READER_ROLE));
        } catch (SQLException e) {
            throw new StartRefused(
                    "attendance.database.url: the database cannot be reached: " + e.getMessage(),
                    "Check attendance.database.url, username and password, and that it runs.",
                    e);
        }
    }

    private static void check(Connection connection) throws SQLException {
        int version = Integer.parseInt(setting(connection, "server_version_num"));
        if (version < OLDEST_VERSION) {
            throw new StartRefused(
                    "attendance.database.url: PostgreSQL 15 or later is needed, found "
                            + setting(connection, "server_version"),
                    "Upgrade the database.");
        }
        Map<String, String> lossy =
                Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");
        for (var bad : lossy.entrySet()) {
            if (setting(connection, bad.getKey()).equals(bad.getValue())) {
                throw new StartRefused(
                        "attendance.database.url: "
                                + bad.getKey()
                                + " is off in this database, so a confirmed punch could be lost",
                        "Switch "
                                + bad.getKey()
                                + " on in postgresql.conf, or for this login, and start again.");
            }
        }
        String encoding = setting(connection, "server_encoding");
        if (!encoding.equals("UTF8")) {
            throw new StartRefused(
                    "attendance.database.url: the database's encoding must be UTF8, is " + encoding,
                    "Create the database with ENCODING 'UTF8'.");
        }
    }

    private static void migrate(JdbcConnectionDetails details) {
        try (var _ = MigrationProgress.logging(details)) {
            Flyway.configure()
                    .dataSource(details.getJdbcUrl(), details.getUsername(), details.getPassword())
                    .locations("classpath:db/migration")
                    .validateMigrationNaming(true)
                    .initSql(WITHOUT_TIMEOUTS)
                    // Another node may be at it for minutes.
                    .lockRetryCount(NO_LIMIT)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw refused(e);
        }
    }

    private static StartRefused refused(FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && OBJECT_IN_USE.equals(sql.getSQLState())) {
                return new StartRefused(
                        "The database could not be upgraded: " + sentence(sql),
                        "See docs/runbook.md, 'An upgrade says that another node is connected'.",
                        e);
            }
        }
        return new StartRefused(
                "The database could not be migrated: " + e.getMessage(),
                "See docs/runbook.md, 'A migration fails'.",
                e);
    }

    /** What the server itself said, without its severity and where in the script it was. */
    private static String sentence(SQLException e) {
        ServerErrorMessage said =
                e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String sentence = said == null ? null : said.getMessage();
        return sentence == null ? String.valueOf(e.getMessage()) : sentence;
    }

    private static Optional<String> roleIfAllowed(Connection connection, String role)
            throws SQLException {
        if (!canSet(connection, role)) {
            // From 16 on whoever creates a role may administer it, but not yet take it.
            attempt(connection, "GRANT " + role + " TO CURRENT_USER");
        }
        if (canSet(connection, role)) {
            return Optional.of(role);
        }
        log.warn(
                "The login may not take the role {}: the database will not separate companies by"
                        + " itself, see docs/runbook.md",
                role);
        return Optional.empty();
    }

    private static boolean canSet(Connection connection, String role) throws SQLException {
        return attempt(connection, "SET ROLE " + role) && attempt(connection, "RESET ROLE");
    }

    private static boolean attempt(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            if (connection.isValid(1)) {
                return false;
            }
            throw e;
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT current_setting(?)")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
