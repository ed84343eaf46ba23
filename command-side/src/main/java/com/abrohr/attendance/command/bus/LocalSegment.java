package com.abrohr.attendance.command.bus;

import com.abrohr.attendance.command.decision.CommandRepeated;
import com.abrohr.attendance.command.eventlog.StoredAt;
import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One try to decide and append a command on this node, on the caller's thread and without a
 * transaction: the writer of the log has its own.
 */
final class LocalSegment {

    /**
     * A decision as taken.
     *
     * @param on sequence of the newest event it was taken on, -1 for none
     * @param events stored by now; empty when there was nothing to change
     * @param unitOfWork that it was taken in, which learns where the events were stored
     */
    record Decision(long on, List<? extends DomainEvent> events, UnitOfWork<?> unitOfWork) {

        /** Where the events are stored; asked for only when there are some. */
        StoredAt storedAt() {
            return StoredAt.in(unitOfWork)
                    .orElseThrow(() -> new IllegalStateException("events without a place"));
        }
    }

    /** A no, and the sequence of the newest event it was said on. */
    static final class Declined extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final long on;
        private final transient @Nullable Refusal refusal;

        Declined(long on, @Nullable Refusal refusal) {
            super("declined", null, false, false);
            this.on = on;
            this.refusal = refusal;
        }

        long on() {
            return on;
        }

        /** Null when the aggregate remembers the command itself. */
        @Nullable Refusal refusal() {
            return refusal;
        }
    }

    private final SimpleCommandBus bus;
    private final AggregateCache cache;
    private final Map<String, AggregateKind<?>> kinds = new HashMap<>();

    LocalSegment(List<AggregateKind<?>> kinds, EventStore eventStore, long cacheBytes) {
        cache = new AggregateCache(cacheBytes);
        bus =
                SimpleCommandBus.builder()
                        .transactionManager(NoTransactionManager.INSTANCE)
                        // A no leaves nothing behind in the aggregate, so it stays cached.
                        .rollbackConfiguration(failure -> !(failure instanceof Declined))
                        .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(Message::getMetaData));
        bus.registerHandlerInterceptor(LocalSegment::noteWhatWasDecidedOn);
        kinds.forEach(kind -> subscribe(kind, eventStore));
    }

    private <T> void subscribe(AggregateKind<T> kind, EventStore eventStore) {
        AggregateModel<T> model =
                AnnotatedAggregateMetaModelFactory.inspectAggregate(
                        kind.type(),
                        MultiParameterResolverFactory.ordered(
                                ClasspathParameterResolverFactory.forClass(kind.type()),
                                new SimpleResourceParameterResolverFactory(kind.policies())));
        AggregateAnnotationCommandHandler<T> handler =
                AggregateAnnotationCommandHandler.<T>builder()
                        .aggregateType(kind.type())
                        .aggregateModel(model)
                        .repository(DecisionRepository.of(kind, model, eventStore, cache))
                        .commandTargetResolver(
                                command ->
                                        new VersionedAggregateIdentifier(
                                                kind.streamOf(
                                                        (EmployeeCommand) command.getPayload()),
                                                null))
                        .creationPolicyAggregateFactory(_ -> kind.blank().get())
                        .build();
        handler.subscribe(bus);
        handler.supportedCommandNames().forEach(name -> kinds.put(name, kind));
    }

    private static Object noteWhatWasDecidedOn(
            UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        try {
            @SuppressWarnings("unchecked")
            List<? extends DomainEvent> events = (List<? extends DomainEvent>) chain.proceed();
            return new Decision(DecisionRepository.decidedOn(unitOfWork), events, unitOfWork);
        } catch (Refusal refusal) {
            throw new Declined(DecisionRepository.decidedOn(unitOfWork), refusal);
        } catch (CommandRepeated repeated) {
            throw new Declined(DecisionRepository.decidedOn(unitOfWork), null);
        }
    }

    SimpleCommandBus bus() {
        return bus;
    }

    boolean handles(CommandMessage<?> command) {
        return kinds.containsKey(command.getCommandName());
    }

    String streamOf(CommandMessage<? extends EmployeeCommand> command) {
        AggregateKind<?> kind = kinds.get(command.getCommandName());
        if (kind == null) {
            throw new IllegalStateException("nobody handles " + command.getCommandName());
        }
        return kind.streamOf(command.getPayload());
    }

    /** Forgets the cached aggregate, so that the next try reads the log. */
    void forget(String streamId) {
        cache.remove(streamId);
    }

    /**
     * Returns when the events are stored.
     *
     * @throws Declined when the answer is no; what the log's append throws passes through
     */
    Decision decide(CommandMessage<? extends EmployeeCommand> command) {
        AtomicReference<@Nullable CommandResultMessage<?>> result = new AtomicReference<>();
        bus.dispatch(command, (_, answer) -> result.set(answer));
        CommandResultMessage<?> answer = result.get();
        if (answer == null) {
            throw new IllegalStateException("the command was not handled on this thread");
        }
        if (answer.isExceptional()) {
            Throwable failure = answer.exceptionResult();
            if (failure instanceof Refusal) {
                // Said by something around the decision, perhaps after the append.
                throw new IllegalStateException("a refusal that no aggregate decided", failure);
            }
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failure);
        }
        return (Decision) answer.getPayload();
    }
}
