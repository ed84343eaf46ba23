package com.abrohr.attendance.command.bus;

import com.abrohr.attendance.command.decision.HeapSize;
import com.abrohr.attendance.command.decision.StreamId;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Which employees exist and in which zone, from their streams. Entries live for minutes, because a
 * registration on another node reaches this cache no other way; that somebody does not exist is
 * never remembered.
 */
final class EmployeeDirectory {

    private static final Duration KEPT = Duration.ofMinutes(5);

    private final EventStore eventStore;
    private final Cache<String, String> zones;

    EmployeeDirectory(EventStore eventStore, long maxBytes) {
        this.eventStore = eventStore;
        zones =
                Caffeine.newBuilder()
                        .maximumWeight(maxBytes)
                        .weigher(EmployeeDirectory::weigh)
                        .expireAfterWrite(KEPT)
                        .executor(Runnable::run)
                        .build();
    }

    private static int weigh(String stream, String zone) {
        return AggregateCache.MAPPING_BYTES + HeapSize.of(stream) + HeapSize.of(zone);
    }

    /** The employee's zone; null for an unknown employee. */
    @Nullable String zoneOf(String companyId, String employeeId) {
        String stream = StreamId.employee(companyId, employeeId).toString();
        String zone = zones.getIfPresent(stream);
        if (zone != null) {
            return zone;
        }
        zone = read(stream);
        if (zone != null) {
            zones.put(stream, zone);
        }
        return zone;
    }

    void forget(String companyId, String employeeId) {
        zones.invalidate(StreamId.employee(companyId, employeeId).toString());
    }

    private @Nullable String read(String stream) {
        String zone = null;
        DomainEventStream events = eventStore.readEvents(stream);
        while (events.hasNext()) {
            DomainEventMessage<?> event = events.next();
            if (event.getPayload() instanceof EmployeeRegistered registered) {
                zone = registered.zoneId();
            }
        }
        return zone;
    }
}
