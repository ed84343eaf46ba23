package com.abrohr.attendance.command.bus;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;

import java.util.function.ToIntFunction;

/**
 * Loads aggregates through the cache and notes which sequence the decision is then taken on, so
 * that a refusal can be held against the log. Axon's own caching repository keeps more of each
 * aggregate than its state, and tells a cache nothing by which it could be weighed.
 */
final class DecisionRepository<T> extends EventSourcingRepository<T> {

    private static final String DECIDED_ON = DecisionRepository.class.getName() + ".decidedOn";
    private static final long NOTHING_STORED = -1;

    private final Class<T> type;
    private final ToIntFunction<T> retainedBytes;
    private final EventStore eventStore;
    private final AggregateCache cache;

    private DecisionRepository(
            Builder<T> builder,
            AggregateKind<T> kind,
            EventStore eventStore,
            AggregateCache cache) {
        super(builder);
        this.type = kind.type();
        this.retainedBytes = kind.retainedBytes();
        this.eventStore = eventStore;
        this.cache = cache;
    }

    static <T> DecisionRepository<T> of(
            AggregateKind<T> kind,
            AggregateModel<T> model,
            EventStore eventStore,
            AggregateCache cache) {
        return new DecisionRepository<>(
                EventSourcingRepository.builder(kind.type())
                        .aggregateModel(model)
                        .eventStore(eventStore),
                kind,
                eventStore,
                cache);
    }

    /** The sequence of the newest event that this unit of work decided on; -1 for none. */
    static long decidedOn(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getOrDefaultResource(DECIDED_ON, NOTHING_STORED);
    }

    @Override
    protected EventSourcedAggregate<T> doLoadWithLock(
            String aggregateIdentifier, @Nullable Long expectedVersion) {
        forgetAfterRollback(aggregateIdentifier);
        AggregateCache.Entry cached = cache.get(aggregateIdentifier);
        EventSourcedAggregate<T> aggregate =
                cached == null
                        ? super.doLoadWithLock(aggregateIdentifier, expectedVersion)
                        : restored(cached);
        Long version = aggregate.version();
        CurrentUnitOfWork.get()
                .root()
                .resources()
                .put(DECIDED_ON, version == null ? NOTHING_STORED : version);
        return aggregate;
    }

    private EventSourcedAggregate<T> restored(AggregateCache.Entry cached) {
        return EventSourcedAggregate.reconstruct(
                type.cast(cached.state()),
                aggregateModel(),
                cached.sequence(),
                false,
                eventStore,
                NoSnapshotTriggerDefinition.TRIGGER);
    }

    @Override
    protected void validateOnLoad(Aggregate<T> aggregate, @Nullable Long expectedVersion) {
        forgetAfterRollback(aggregate.identifierAsString());
        super.validateOnLoad(aggregate, expectedVersion);
    }

    @Override
    protected void doSaveWithLock(EventSourcedAggregate<T> aggregate) {
        super.doSaveWithLock(aggregate);
        String streamId = aggregate.identifierAsString();
        Long version = aggregate.version();
        // What a refused first command leaves has neither.
        if (streamId != null && version != null) {
            forgetAfterRollback(streamId);
            T state = aggregate.getAggregateRoot();
            cache.put(
                    streamId,
                    new AggregateCache.Entry(state, version, retainedBytes.applyAsInt(state)));
        }
    }

    private void forgetAfterRollback(@Nullable String streamId) {
        CurrentUnitOfWork.get()
                .onRollback(
                        _ -> {
                            if (streamId != null) {
                                cache.remove(streamId);
                            }
                        });
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
