package com.abrohr.attendance.command.eventstore;

import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;

import java.time.Clock;
import java.time.Duration;

/** What one process holds of the event log, wired as the configuration wires it. */
final class LogNode implements AutoCloseable {

    static final Duration NEVER = Duration.ofHours(1);

    final LogSignal signal = new LogSignal();
    final CommittedEvents committed;
    final GroupCommitWriter writer;
    final GroupCommitEventStorageEngine engine;
    final SignallingEventStore store;
    final EventLogListener listener;
    final EventLog log;
    final EventLogHealth health;

    LogNode(LogDatabase database, EventStoreSettings settings, DedicatedConnections connections) {
        Clock clock = Clock.systemUTC();
        committed = new CommittedEvents(settings.committedSize().toBytes());
        writer = new GroupCommitWriter(connections, settings, clock, signal, committed);
        engine =
                new GroupCommitEventStorageEngine(
                        database.dataSource(),
                        LogDatabase.serializer(),
                        NoOpEventUpcaster.INSTANCE,
                        settings,
                        writer);
        store =
                new SignallingEventStore(
                        EmbeddedEventStore.builder().storageEngine(engine), signal, NEVER);
        listener = new EventLogListener(connections, signal, clock, Duration.ofMillis(100));
        log =
                new JdbcEventLog(
                        database.dataSource(),
                        LogDatabase.serializer(),
                        NoOpEventUpcaster.INSTANCE);
        health = new EventLogHealth(writer, committed, listener);
        committed.start();
        writer.start();
        listener.start();
    }

    @Override
    public void close() {
        listener.close();
        writer.close();
        committed.close();
        store.shutDown();
    }
}
