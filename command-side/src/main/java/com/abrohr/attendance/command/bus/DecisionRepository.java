package com.abrohr.attendance.command.bus;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.UnknownSerializedType;

/**
 * Loads aggregates through the cache and notes which sequence the decision is then taken on, so
 * that a refusal can be held against the log.
 */
final class DecisionRepository<T> extends CachingEventSourcingRepository<T> {

    private static final String DECIDED_ON = DecisionRepository.class.getName() + ".decidedOn";
    private static final long NOTHING_STORED = -1;

    private DecisionRepository(Builder<T> builder) {
        super(builder);
    }

    static <T> DecisionRepository<T> of(
            AggregateKind<T> kind,
            AggregateModel<T> model,
            EventStore eventStore,
            AggregateCache cache) {
        return new DecisionRepository<>(
                EventSourcingRepository.builder(kind.type())
                        .aggregateModel(model)
                        .eventStore(eventStore)
                        .cache(cache));
    }

    /** The sequence of the newest event that this unit of work decided on; -1 for none. */
    static long decidedOn(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getOrDefaultResource(DECIDED_ON, NOTHING_STORED);
    }

    @Override
    protected EventSourcedAggregate<T> doLoadWithLock(
            String aggregateIdentifier, Long expectedVersion) {
        EventSourcedAggregate<T> aggregate =
                super.doLoadWithLock(aggregateIdentifier, expectedVersion);
        Long version = aggregate.version();
        CurrentUnitOfWork.get()
                .root()
                .resources()
                .put(DECIDED_ON, version == null ? NOTHING_STORED : version);
        return aggregate;
    }

    /**
     * Axon skips events whose type it does not know; a decision on such a half-read past would be
     * wrong.
     */
    @Override
    protected DomainEventStream readEvents(String aggregateIdentifier) {
        return super.readEvents(aggregateIdentifier).filter(DecisionRepository::isKnown);
    }

    private static boolean isKnown(DomainEventMessage<?> event) {
        if (UnknownSerializedType.class.equals(event.getPayloadType())) {
            throw new SerializationException(
                    "event "
                            + event.getIdentifier()
                            + " of "
                            + event.getAggregateIdentifier()
                            + " is of a type that this version does not know");
        }
        return true;
    }
}
