package com.abrohr.attendance.command.eventstore;

import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
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
    @Bean
    LogSignal logSignal() {
        return new LogSignal();
    }

    @Bean(initMethod = "start")
    CommittedEvents committedEvents(EventStoreSettings settings) {
        return new CommittedEvents(settings.committedSize().toBytes());
    }

    @Bean(initMethod = "start")
    @DependsOnDatabaseInitialization
    GroupCommitWriter groupCommitWriter(
            DedicatedConnections connections,
            EventStoreSettings settings,
            Clock clock,
            LogSignal signal,
            CommittedEvents committedEvents) {
        return new GroupCommitWriter(connections, settings, clock, signal, committedEvents);
    }

    @Bean
    @DependsOnDatabaseInitialization
    EventLogListener eventLogListener(
            DedicatedConnections connections,
            EventStoreSettings settings,
            Clock clock,
            LogSignal signal) {
        return new EventLogListener(connections, signal, clock, settings.fallbackPoll());
    }

    @Bean
    @DependsOnDatabaseInitialization
    EventStorageEngine eventStorageEngine(
            DataSource dataSource,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            ObjectProvider<EventUpcaster> upcasters,
            EventStoreSettings settings,
            GroupCommitWriter writer) {
        return new GroupCommitEventStorageEngine(
                dataSource, eventSerializer, chain(upcasters), settings, writer);
    }

    @Bean(destroyMethod = "shutDown")
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
            GroupCommitWriter writer, CommittedEvents committed, EventLogListener listener) {
        return new EventLogHealth(writer, committed, listener);
    }

    private static EventUpcaster chain(ObjectProvider<EventUpcaster> upcasters) {
        return new EventUpcasterChain(upcasters.orderedStream().toList());
    }
}
