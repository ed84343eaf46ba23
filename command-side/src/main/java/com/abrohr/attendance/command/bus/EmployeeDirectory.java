package com.abrohr.attendance.command.bus;

import com.abrohr.attendance.command.decision.HeapSize;
import com.abrohr.attendance.command.decision.StreamId;
import com.abrohr.attendance.command.eventlog.StreamVersion;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Which employees exist and in which zone, from their streams. An entry may be stale, because a
 * registration on another node does not reach this cache: it says what it was read from, and the
 * log takes nothing that was decided on a stream which has grown since. That somebody does not
 * exist is never remembered.
 */
final class EmployeeDirectory {

    /**
     * Somebody whom the log knows.
     *
     * @param asOf their stream as it was read
     */
    record KnownEmployee(String zoneId, StreamVersion asOf) {}

    private record Entry(String zoneId, long sequence) {

        static final int BYTES = HeapSize.ofObject(HeapSize.REFERENCE + Long.BYTES);
    }

    private static final Duration KEPT = Duration.ofMinutes(5);

    private final EventStore eventStore;
    private final Cache<String, Entry> entries;

    EmployeeDirectory(EventStore eventStore, long maxBytes) {
        this.eventStore = eventStore;
        entries =
                Caffeine.newBuilder()
                        .maximumWeight(maxBytes)
                        .weigher(EmployeeDirectory::weigh)
                        .expireAfterWrite(KEPT)
                        .executor(Runnable::run)
                        .build();
    }

    private static int weigh(String stream, Entry entry) {
        return AggregateCache.MAPPING_BYTES
                + Entry.BYTES
                + HeapSize.of(stream)
                + HeapSize.of(entry.zoneId());
    }

    /** Null for an unknown employee. */
    @Nullable KnownEmployee find(String companyId, String employeeId) {
        String stream = StreamId.employee(companyId, employeeId).toString();
        Entry entry = entries.getIfPresent(stream);
        if (entry == null) {
            entry = read(stream);
            if (entry == null) {
                return null;
            }
            entries.put(stream, entry);
        }
        return new KnownEmployee(entry.zoneId(), new StreamVersion(stream, entry.sequence()));
    }

    void forget(String companyId, String employeeId) {
        entries.invalidate(StreamId.employee(companyId, employeeId).toString());
    }

    private @Nullable Entry read(String stream) {
        String zone = null;
        long sequence = -1;
        DomainEventStream events = eventStore.readEvents(stream);
        while (events.hasNext()) {
            DomainEventMessage<?> event = events.next();
            sequence = event.getSequenceNumber();
            if (event.getPayload() instanceof EmployeeRegistered registered) {
                zone = registered.zoneId();
            }
        }
        return zone == null ? null : new Entry(zone, sequence);
    }
}
