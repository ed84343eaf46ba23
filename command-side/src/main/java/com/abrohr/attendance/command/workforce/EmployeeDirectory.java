package com.abrohr.attendance.command.workforce;

import com.abrohr.attendance.command.engine.HeapSize;
import com.abrohr.attendance.command.engine.KnownEmployees;
import com.abrohr.attendance.command.eventstore.StreamVersion;
import com.abrohr.attendance.messages.EmployeeCommand;
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
 * registration on another node does not reach this cache; it names the version of the stream that
 * it was read from, and the log stores nothing that was decided on an older version. Unknown
 * employees are not cached.
 */
public final class EmployeeDirectory implements KnownEmployees {
    private record Entry(String zoneId, long sequence) {
        static final int BYTES = HeapSize.ofObject(HeapSize.REFERENCE + Long.BYTES);
    }

    private static final Duration KEPT = Duration.ofMinutes(5);

    private final EventStore eventStore;
    private final Cache<String, Entry> entries;

    public EmployeeDirectory(EventStore eventStore, long maxBytes) {
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
        return HeapSize.CACHE_NODE
                + Entry.BYTES
                + HeapSize.of(stream)
                + HeapSize.of(entry.zoneId());
    }

    @Override
    public @Nullable KnownEmployee find(String companyId, String employeeId) {
        String stream = EmployeeType.streamId(companyId, employeeId);
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

    @Override
    public void forget(String companyId, String employeeId) {
        entries.invalidate(EmployeeType.streamId(companyId, employeeId));
    }

    @Override
    public EmployeeCommand enrolment(String companyId, String employeeId) {
        return EnrolmentOnFirstUse.of(companyId, employeeId);
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
