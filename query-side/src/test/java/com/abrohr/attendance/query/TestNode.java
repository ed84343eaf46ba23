package com.abrohr.attendance.query;

import com.abrohr.attendance.command.CommandSideConfiguration;
import com.abrohr.attendance.command.engine.CommandSettings;
import com.abrohr.attendance.command.eventstore.AppendListener;
import com.abrohr.attendance.command.eventstore.DedicatedConnections;
import com.abrohr.attendance.command.eventstore.EventLogConfiguration;
import com.abrohr.attendance.command.eventstore.EventLogListener;
import com.abrohr.attendance.command.serialization.EventTypes;
import com.abrohr.attendance.command.serialization.SerializationConfiguration;
import com.abrohr.attendance.query.livefeed.LogNotifications;
import com.abrohr.attendance.query.projection.DeadLetters;
import com.abrohr.attendance.query.projection.ReadModelProjection;

import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

/** A node with an event log and the read side, as the application wires them. */
public final class TestNode implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private TestNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static TestNode start(Database database, String... settings) {
        return start(database, new DatabaseHooks(), settings);
    }

    /**
     * @param hooks of the pool that writes
     */
    static TestNode start(Database database, DatabaseHooks hooks, String... settings) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "spring.flyway.url=" + database.url(),
                                "spring.flyway.user=postgres",
                                "spring.flyway.password=",
                                "spring.main.banner-mode=off",
                                "axon.axonserver.enabled=false",
                                "axon.update-check.disabled=true",
                                "axon.timeout.enabled=false",
                                "logging.level.root=warn"));
        all.addAll(List.of(settings));
        return new TestNode(
                new SpringApplicationBuilder(Wiring.class)
                        .web(WebApplicationType.NONE)
                        .initializers(
                                context -> {
                                    context.getBeanFactory()
                                            .registerSingleton("database", database);
                                    context.getBeanFactory().registerSingleton("hooks", hooks);
                                })
                        .properties(all.toArray(String[]::new))
                        .run());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public QueryGateway queries() {
        return bean(QueryGateway.class);
    }

    public DataSource readers() {
        return context.getBean("readerDataSource", DataSource.class);
    }

    public EventStore log() {
        return bean(EventStore.class);
    }

    PooledStreamingEventProcessor processor() {
        return bean(EventProcessingConfiguration.class)
                .eventProcessor(ReadModelProjection.GROUP, PooledStreamingEventProcessor.class)
                .orElseThrow();
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties(CommandSettings.class)
    @Import({
        EventLogConfiguration.class,
        SerializationConfiguration.class,
        QuerySideConfiguration.class
    })
    static class Wiring {
        @Bean
        EventTypes eventTypes() {
            return CommandSideConfiguration.eventTypes();
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        @Primary
        DataSource dataSource(Database database, DatabaseHooks hooks) {
            return hooks.around(database.pool("attendance_stream", 12));
        }

        @Bean
        @Qualifier("readerDataSource")
        DataSource readerDataSource(Database database) {
            return database.pool("attendance_reader", 6);
        }

        @Bean(defaultCandidate = false)
        DataSource readerKeysDataSource(@Qualifier("readerDataSource") DataSource readers) {
            return new TransactionAwareDataSourceProxy(readers);
        }

        @Bean
        LogNotifications logNotifications(EventLogListener listener) {
            return subscriber -> {
                listener.addListener(
                        new AppendListener() {
                            @Override
                            public void appended(int backendPid, long globalIndex) {
                                subscriber.appended(false, globalIndex);
                            }

                            @Override
                            public void mayHaveMissed() {
                                subscriber.mayHaveMissed();
                            }
                        });
                listener.subscribe(DeadLetters.CHANNEL, subscriber::deadLettersChanged);
            };
        }

        @Bean
        DedicatedConnections logConnections(Database database) {
            return database::connect;
        }
    }
}
