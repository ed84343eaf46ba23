package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.command.eventstore.EventLog;
import com.abrohr.attendance.command.eventstore.StoredAt;
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
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One try to decide and append a command on this node, on the caller's thread and without a
 * transaction: the writer of the log has its own.
 */
final class AggregateDispatcher {
    /**
     * A decision.
     *
     * @param decidedOn sequence of the newest event it was taken on, -1 for none
     * @param events stored by now; empty when there was nothing to change
     * @param unitOfWork that it was taken in, which learns where the events were stored
     */
    record Decision(long decidedOn, List<? extends DomainEvent> events, UnitOfWork<?> unitOfWork) {
        /** Where the events are stored; asked for only when there are some. */
        StoredAt storedAt() {
            return StoredAt.in(unitOfWork)
                    .orElseThrow(() -> new IllegalStateException("events without a place"));
        }
    }

    /** A refusal, and the sequence of the newest event that it was decided on. */
    static final class DecisionRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long decidedOn;
        private final transient @Nullable Refusal refusal;

        DecisionRefused(long decidedOn, @Nullable Refusal refusal) {
            super("refused", null, false, false);
            this.decidedOn = decidedOn;
            this.refusal = refusal;
        }

        long decidedOn() {
            return decidedOn;
        }

        /** Null when the aggregate remembers the command itself. */
        @Nullable Refusal refusal() {
            return refusal;
        }
    }

    private final SimpleCommandBus bus;
    private final AggregateCache cache;
    private final Map<Class<?>, CommandType<?>> commands = new HashMap<>();
    private final Map<Class<?>, AggregateType<?>> aggregates = new HashMap<>();

    AggregateDispatcher(
            List<AggregateType<?>> types,
            EventStore eventStore,
            EventLog eventLog,
            long cacheBytes) {
        cache = new AggregateCache(cacheBytes);
        bus =
                SimpleCommandBus.builder()
                        .transactionManager(NoTransactionManager.INSTANCE)
                        // A refusal changes nothing in the aggregate, so it stays cached.
                        .rollbackConfiguration(failure -> !(failure instanceof DecisionRefused))
                        .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(Message::getMetaData));
        bus.registerHandlerInterceptor(AggregateDispatcher::addDecidedOn);
        types.forEach(type -> subscribe(type, eventStore, eventLog));
    }

    private <T> void subscribe(AggregateType<T> type, EventStore eventStore, EventLog eventLog) {
        AggregateModel<T> model =
                AnnotatedAggregateMetaModelFactory.inspectAggregate(
                        type.type(),
                        MultiParameterResolverFactory.ordered(
                                ClasspathParameterResolverFactory.forClass(type.type()),
                                new SimpleResourceParameterResolverFactory(type.policies())));
        AggregateAnnotationCommandHandler<T> handler =
                AggregateAnnotationCommandHandler.<T>builder()
                        .aggregateType(type.type())
                        .aggregateModel(model)
                        .repository(DecisionRepository.of(type, model, eventStore, eventLog, cache))
                        .commandTargetResolver(
                                command ->
                                        new VersionedAggregateIdentifier(
                                                type.streamOf(
                                                        (EmployeeCommand) command.getPayload()),
                                                null))
                        .creationPolicyAggregateFactory(_ -> type.initial())
                        .build();
        handler.subscribe(bus);
        for (CommandType<?> command : type.commands()) {
            commands.put(command.type(), command);
            aggregates.put(command.type(), type);
        }
    }

    private static Object addDecidedOn(
            UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        try {
            @SuppressWarnings("unchecked")
            List<? extends DomainEvent> events = (List<? extends DomainEvent>) chain.proceed();
            return new Decision(DecisionRepository.decidedOn(unitOfWork), events, unitOfWork);
        } catch (Refusal refusal) {
            throw new DecisionRefused(DecisionRepository.decidedOn(unitOfWork), refusal);
        } catch (CommandRepeated repeated) {
            throw new DecisionRefused(DecisionRepository.decidedOn(unitOfWork), null);
        }
    }

    SimpleCommandBus bus() {
        return bus;
    }

    boolean handles(Object command) {
        return commands.containsKey(command.getClass());
    }

    /** Of a command that {@link #handles} knows. */
    @SuppressWarnings("unchecked")
    <C extends EmployeeCommand> CommandType<C> commandType(C command) {
        return (CommandType<C>) Objects.requireNonNull(commands.get(command.getClass()));
    }

    /** Of a command that {@link #handles} knows. */
    AggregateType<?> aggregateOf(EmployeeCommand command) {
        return Objects.requireNonNull(aggregates.get(command.getClass()));
    }

    /** Forgets the cached aggregate, so that the next try reads the log. */
    void forget(String streamId) {
        cache.remove(streamId);
    }

    /**
     * Returns when the events are stored.
     *
     * @throws DecisionRefused when the command is refused; what the log's append throws passes
     *     through
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
