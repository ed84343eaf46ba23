package com.abrohr.attendance.query.projection;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;

/**
 * One company after the other: its events are applied in the order of its numbers. The key is a
 * String, because every node must come to the same segment.
 */
final class CompanyPolicy implements SequencingPolicy<EventMessage<?>> {

    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
        return PendingEvent.companyOf(event).orElseGet(event::getIdentifier);
    }
}
