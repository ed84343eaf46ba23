package com.abrohr.attendance.command.eventstore;

import com.abrohr.attendance.messages.identity.MetadataKeys;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one commit stored. */
final class CommittedBatch {
    private final Map<PendingAppend, StoredAt> stored;
    private final long size;

    CommittedBatch(Map<PendingAppend, StoredAt> stored) {
        this.stored = stored;
        this.size = stored.keySet().stream().mapToLong(PendingAppend::size).sum();
    }

    /** Bytes of payloads and metadata. */
    long size() {
        return size;
    }

    /** The events in the order of the log, as its readers get them. */
    List<TrackedEventMessage<?>> messages() {
        List<TrackedEventMessage<?>> messages = new ArrayList<>();
        stored.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().firstIndex()))
                .forEach(entry -> add(messages, entry.getKey(), entry.getValue()));
        return messages;
    }

    private static void add(
            List<TrackedEventMessage<?>> messages, PendingAppend append, StoredAt at) {
        int place = 0;
        for (EventRow row : append.rows()) {
            DomainEventMessage<?> event = row.event();
            MetaData metadata =
                    event.getMetaData()
                            .withoutKeys(AppendFactory.NOT_STORED)
                            .and(MetadataKeys.COMPANY_SEQ, Long.toString(at.firstSeq() + place));
            messages.add(
                    new GenericTrackedDomainEventMessage<>(
                            GapAwareTrackingToken.newInstance(at.firstIndex() + place, Set.of()),
                            row.aggregateType(),
                            row.aggregateId(),
                            row.sequence(),
                            new GenericMessage<Object>(
                                    event.getIdentifier(), event.getPayload(), metadata),
                            at::recordedAt));
            place++;
        }
    }
}
