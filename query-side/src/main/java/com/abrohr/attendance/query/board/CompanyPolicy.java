package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.identity.MetadataKeys;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.serialization.SerializationException;

/**
 * One company after the other: its feed is numbered by one segment at a time. The key is a String,
 * because every node must come to the same segment; it is read from the metadata, because the
 * coordinating thread would otherwise read every payload.
 */
final class CompanyPolicy implements SequencingPolicy<EventMessage<?>> {

    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
        try {
            if (event.getMetaData().get(MetadataKeys.COMPANY_ID) instanceof String company) {
                return company;
            }
        } catch (SerializationException e) {
            // The stream's own id says it too, so one broken row does not stop the group.
        }
        return event instanceof DomainEventMessage<?> domain
                ? StreamId.parse(domain.getAggregateIdentifier())
                        .map(StreamId::companyId)
                        .orElseGet(event::getIdentifier)
                : event.getIdentifier();
    }
}
