package com.abrohr.attendance.query;

import com.zaxxer.hikari.HikariDataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.jdbc.core.JdbcTemplate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/** An empty database of its own on the one PostgreSQL of this JVM. */
public final class Database {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String url;

    private Database(String url) {
        this.url = url;
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static Database create() throws SQLException {
        String name = "query_" + NUMBER.incrementAndGet();
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return new Database(Server.POSTGRES.getJdbcUrl("postgres", name));
    }

    String url() {
        return url;
    }

    HikariDataSource pool(String role, int size) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(1);
        pool.setConnectionInitSql("set role " + role);
        return pool;
    }

    Connection connect(Properties properties) throws SQLException {
        var all = new Properties();
        all.putAll(properties);
        all.putIfAbsent("user", "postgres");
        return DriverManager.getConnection(url, all);
    }

    /** As the superuser: sees and breaks everything. */
    public JdbcTemplate admin() {
        return new JdbcTemplate(
                new org.springframework.jdbc.datasource.DriverManagerDataSource(url));
    }
}
