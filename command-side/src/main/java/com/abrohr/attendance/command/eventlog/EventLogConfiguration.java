package com.abrohr.attendance.command.eventlog;

import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;

import javax.sql.DataSource;

/**
 * The event log as Axon's event store. It needs the primary DataSource, the serializer of events, a
 * Clock and {@link DedicatedConnections}; whoever has an event store here gets none from Axon.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventStoreSettings.class)
public class EventLogConfiguration {

    private static final String ENGINE = "attendance.event-store.engine";

    @Bean
    LogSignal logSignal() {
        return new LogSignal();
    }

    @Bean(initMethod = "start")
    @DependsOnDatabaseInitialization
    @ConditionalOnProperty(name = ENGINE, havingValue = "group-commit", matchIfMissing = true)
    GroupCommitWriter groupCommitWriter(
            DedicatedConnections connections,
            EventStoreSettings settings,
            Clock clock,
            LogSignal signal) {
        return new GroupCommitWriter(connections, settings, clock, signal);
    }

    @Bean(initMethod = "start")
    @DependsOnDatabaseInitialization
    EventLogListener eventLogListener(
            DedicatedConnections connections,
            EventStoreSettings settings,
            Clock clock,
            LogSignal signal) {
        return new EventLogListener(
                connections,
                signal,
                clock,
                settings.fallbackPoll(),
                settings.engine() == EventStoreSettings.Engine.GROUP_COMMIT);
    }

    @Bean
    @ConditionalOnProperty(name = ENGINE, havingValue = "group-commit", matchIfMissing = true)
    EventStorageEngine groupCommitEventStorageEngine(
            DataSource dataSource,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            ObjectProvider<EventUpcaster> upcasters,
            EventStoreSettings settings,
            GroupCommitWriter writer) {
        return new GroupCommitEventStorageEngine(
                dataSource, eventSerializer, chain(upcasters), settings, writer);
    }

    @Bean
    @DependsOnDatabaseInitialization
    @ConditionalOnProperty(name = ENGINE, havingValue = "stock")
    EventStorageEngine stockEventStorageEngine(
            DataSource dataSource,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            ObjectProvider<EventUpcaster> upcasters,
            EventStoreSettings settings) {
        StockEventStorageEngine engine =
                new StockEventStorageEngine(
                        dataSource, eventSerializer, chain(upcasters), settings);
        engine.alignSequence();
        return engine;
    }

    @Bean
    SignallingEventStore eventStore(
            EventStorageEngine engine,
            LogSignal signal,
            EventStoreSettings settings,
            ObjectProvider<EventBusSpanFactory> spans) {
        EmbeddedEventStore.Builder builder = EmbeddedEventStore.builder().storageEngine(engine);
        spans.ifUnique(builder::spanFactory);
        return new SignallingEventStore(builder, signal, settings.fallbackPoll());
    }

    @Bean
    @DependsOnDatabaseInitialization
    EventLog eventLog(
            DataSource dataSource,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            ObjectProvider<EventUpcaster> upcasters) {
        return new JdbcEventLog(dataSource, eventSerializer, chain(upcasters));
    }

    @Bean
    EventLogHealth eventLogHealth(
            ObjectProvider<GroupCommitWriter> writer, EventLogListener listener) {
        return new EventLogHealth(writer.getIfAvailable(), listener);
    }

    private static EventUpcaster chain(ObjectProvider<EventUpcaster> upcasters) {
        return new EventUpcasterChain(upcasters.orderedStream().toList());
    }
}
