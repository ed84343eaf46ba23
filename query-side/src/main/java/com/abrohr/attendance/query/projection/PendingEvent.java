package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.query.board.Recorded;
import com.abrohr.attendance.query.board.RecordedEvents;
import com.abrohr.attendance.query.board.StreamId;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event that waits for the flush of its batch.
 *
 * @param stream null for one that is of no employee; it only moves the position of its company
 */
record PendingEvent(DomainEventMessage<?> message, String companyId, @Nullable StreamId stream) {

    /** Empty for what nobody can tell the company of. */
    static Optional<PendingEvent> of(DomainEventMessage<?> message) {
        return companyOf(message)
                .map(
                        company ->
                                new PendingEvent(
                                        message,
                                        company,
                                        StreamId.parse(message.getAggregateIdentifier())
                                                .orElse(null)));
    }

    /** The stream says it without a look at the metadata, which costs a parser. */
    static Optional<String> companyOf(EventMessage<?> message) {
        Optional<String> company =
                message instanceof DomainEventMessage<?> event
                        ? StreamId.parse(event.getAggregateIdentifier()).map(StreamId::companyId)
                        : Optional.empty();
        return company.or(() -> companyInMetadata(message));
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
        return RecordedEvents.seqOf(message);
    }

    /**
     * @throws UnreadableEvent when payload or metadata cannot be read
     */
    Recorded read(StreamId of) {
        try {
            return RecordedEvents.read(message, of);
        } catch (RuntimeException e) {
            throw new UnreadableEvent(e);
        }
    }

    @Override
    public String toString() {
        return message.getIdentifier() + " of " + message.getAggregateIdentifier();
    }
}
