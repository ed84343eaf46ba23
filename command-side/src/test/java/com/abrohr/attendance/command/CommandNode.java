package com.abrohr.attendance.command;

import com.abrohr.attendance.command.engine.AttendanceCommandBus;
import com.abrohr.attendance.command.eventstore.DedicatedConnections;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.CommandOrigin;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.identity.Source;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.serialization.Serializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import javax.sql.DataSource;

/** One node's command side, as it is wired, on a PostgreSQL that others may share. */
final class CommandNode implements AutoCloseable {

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext();

    CommandNode(String jdbcUrl, Map<String, Object> settings) {
        this(jdbcUrl, settings, DelegatingDataSource::new);
    }

    /**
     * @param readers where readers get keys from; not the pool itself, which a context closes once
     */
    CommandNode(
            String jdbcUrl,
            Map<String, Object> settings,
            Function<DataSource, DataSource> readers) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", settings));
        DataSource pool = pool(jdbcUrl);
        context.registerBean(
                "dataSource", DataSource.class, () -> pool, bean -> bean.setPrimary(true));
        context.registerBean("readerKeysDataSource", DataSource.class, () -> readers.apply(pool));
        context.registerBean(Clock.class, Clock::systemUTC);
        context.registerBean(
                DedicatedConnections.class,
                () ->
                        properties -> {
                            Properties all = new Properties();
                            all.putAll(properties);
                            return DriverManager.getConnection(jdbcUrl, all);
                        });
        context.register(CommandSideConfiguration.class);
        context.refresh();
    }

    private static DataSource pool(String jdbcUrl) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    Serializer readerSerializer() {
        return context.getBean("readerEventSerializer", Serializer.class);
    }

    AttendanceCommandBus bus() {
        return context.getBean(AttendanceCommandBus.class);
    }

    Receipt send(EmployeeCommand command, String actor, Role role) {
        Caller caller = new Caller(command.companyId(), "user-" + actor, actor, role, Instant.MAX);
        CommandOrigin origin =
                new CommandOrigin(caller, Source.WEB, Clock.systemUTC().instant(), "correlation");
        try {
            return context.getBean(CommandGateway.class)
                    .<Receipt>send(new GenericCommandMessage<>(command, origin.toMetadata()))
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    RefusalCode refusal(EmployeeCommand command, String actor, Role role) {
        try {
            throw new AssertionError("answered with " + send(command, actor, role));
        } catch (Refusal refusal) {
            return refusal.code();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
