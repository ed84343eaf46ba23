package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.eventlog.StreamId;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event of a batch that is not written yet.
 *
 * @param stream null for one that is of no employee; it only moves the position of its company
 */
record PendingEvent(DomainEventMessage<?> message, String companyId, @Nullable StreamId stream) {
    /** Empty where neither metadata nor stream say the company. */
    static Optional<PendingEvent> of(DomainEventMessage<?> message) {
        return companyOf(message)
                .map(
                        company ->
                                new PendingEvent(
                                        message,
                                        company,
                                        StreamId.parse(message.getAggregateIdentifier())
                                                .filter(
                                                        stream ->
                                                                stream.companyId().equals(company))
                                                .orElse(null)));
    }

    /** Whose number the event has; the stream's id says it too where the metadata is broken. */
    static Optional<String> companyOf(EventMessage<?> message) {
        return companyInMetadata(message)
                .or(
                        () ->
                                message instanceof DomainEventMessage<?> event
                                        ? StreamId.parse(event.getAggregateIdentifier())
                                                .map(StreamId::companyId)
                                        : Optional.empty());
    }

    private static Optional<String> companyInMetadata(EventMessage<?> message) {
        try {
            return message.getMetaData().get(MetadataKeys.COMPANY_ID) instanceof String company
                    ? Optional.of(company)
                    : Optional.empty();
        } catch (SerializationException e) {
            return Optional.empty();
        }
    }

    OptionalLong seq() {
        return RecordedEvent.seqOf(message);
    }

    @Override
    public String toString() {
        return message.getIdentifier() + " of " + message.getAggregateIdentifier();
    }
}
