package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.command.eventstore.EventLog;
import com.abrohr.attendance.command.eventstore.StreamTail;

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

/**
 * Loads aggregates through the cache and records the sequence that a decision is based on, so that
 * a refusal can be compared with the log. Axon's own caching repository keeps more than the state
 * of each aggregate and cannot be bounded by bytes.
 */
final class DecisionRepository<T> extends EventSourcingRepository<T> {
    private static final String DECIDED_ON = DecisionRepository.class.getName() + ".decidedOn";
    private static final long NOTHING_STORED = -1;

    private final AggregateType<T> aggregateType;
    private final EventStore eventStore;
    private final EventLog eventLog;
    private final AggregateCache cache;

    private DecisionRepository(
            Builder<T> builder,
            AggregateType<T> aggregateType,
            EventStore eventStore,
            EventLog eventLog,
            AggregateCache cache) {
        super(builder);
        this.aggregateType = aggregateType;
        this.eventStore = eventStore;
        this.eventLog = eventLog;
        this.cache = cache;
    }

    static <T> DecisionRepository<T> of(
            AggregateType<T> aggregateType,
            AggregateModel<T> model,
            EventStore eventStore,
            EventLog eventLog,
            AggregateCache cache) {
        return new DecisionRepository<>(
                EventSourcingRepository.builder(aggregateType.type())
                        .aggregateModel(model)
                        .eventStore(eventStore),
                aggregateType,
                eventStore,
                eventLog,
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
                aggregateType.type().cast(cached.state()),
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
        // A refused first command leaves an aggregate without id and version.
        if (streamId != null && version != null) {
            forgetAfterRollback(streamId);
            T state = aggregate.getAggregateRoot();
            cache.put(
                    streamId,
                    new AggregateCache.Entry(state, version, aggregateType.retainedBytes(state)));
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
     * Axon skips events whose type it does not know; a decision on an incomplete history would be
     * wrong.
     */
    @Override
    protected DomainEventStream readEvents(String aggregateIdentifier) {
        StreamTail tail = aggregateType.tail();
        DomainEventStream events =
                tail == null
                        ? eventStore.readEvents(aggregateIdentifier)
                        : eventStore.readEvents(
                                aggregateIdentifier,
                                eventLog.firstSequence(aggregateIdentifier, tail));
        return events.filter(DecisionRepository::isKnown);
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
