package com.abrohr.attendance.command.eventstore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.flywaydb.core.Flyway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import javax.sql.DataSource;

/** The one PostgreSQL of this JVM, which is durable, with an empty log for each test. */
final class LogDatabase implements AutoCloseable {

    private static final String NAME = "log";

    private final List<LogNode> nodes = new ArrayList<>();

    private static final class Server {

        static final EmbeddedPostgres POSTGRES = start();
        static final HikariDataSource POOL = migrated();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static HikariDataSource migrated() {
            try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + NAME);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url());
            config.setUsername("postgres");
            config.setMaximumPoolSize(16);
            HikariDataSource pool = new HikariDataSource(config);
            Flyway.configure().dataSource(pool).load().migrate();
            return pool;
        }
    }

    LogDatabase() {
        execute("truncate event_log");
        execute("update event_log_head set last_index = 0, last_recorded_at = 'epoch'");
        execute("alter sequence event_log_stock_index restart");
    }

    static String url() {
        return Server.POSTGRES.getJdbcUrl("postgres", NAME);
    }

    DataSource dataSource() {
        return Server.POOL;
    }

    static Serializer serializer() {
        return Jackson3Serializer.builder().build();
    }

    Connection open(Properties properties) throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("user", "postgres");
        return DriverManager.getConnection(url(), all);
    }

    /** A node with its own writer and listener, closed with the database. */
    LogNode node() {
        return node(EventStoreSettings.defaults(), this::open);
    }

    LogNode node(EventStoreSettings settings, DedicatedConnections connections) {
        LogNode node = new LogNode(this, settings, connections);
        nodes.add(node);
        return node;
    }

    long number(String sql) {
        return Long.parseLong(text(sql));
    }

    String text(String sql) {
        try (Connection connection = Server.POOL.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    void execute(String sql) {
        try (Connection connection = Server.POOL.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Ends the connections of that name to this database; answers how many there were. */
    long kill(String applicationName) {
        return number(
                "select count(*) filter (where pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where datname = current_database() and application_name = '"
                        + applicationName
                        + "'");
    }

    @Override
    public void close() {
        nodes.forEach(LogNode::close);
    }
}
