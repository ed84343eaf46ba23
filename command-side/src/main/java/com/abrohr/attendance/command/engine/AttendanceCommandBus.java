package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.command.eventstore.EventLog;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.MetadataKeys;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The command bus of a node. Answers every command with a {@link Receipt} once its events are
 * durable, or with a {@link Refusal}: one of the typed codes, of which UNAVAILABLE alone leaves
 * open what became of the command. Works on the caller's thread, which is best a virtual one.
 */
public final class AttendanceCommandBus implements CommandBus {
    private static final Logger log = LoggerFactory.getLogger(AttendanceCommandBus.class);

    private final AggregateDispatcher dispatcher;
    private final CommandAdmission admission;
    private final CommandExecutor executor;
    private final Semaphore inFlight;

    /**
     * @param types every type of aggregate that decides commands
     * @param defaultZone of employees who are registered without one
     */
    public AttendanceCommandBus(
            List<AggregateType<?>> types,
            EventStore eventStore,
            EventLog eventLog,
            KnownEmployees employees,
            CommandSettings settings,
            ZoneId defaultZone) {
        dispatcher =
                new AggregateDispatcher(
                        types, eventStore, eventLog, settings.aggregateCache().toBytes());
        executor = new CommandExecutor(dispatcher, eventLog, employees);
        admission = new CommandAdmission(dispatcher, executor, employees, defaultZone);
        inFlight = new Semaphore(settings.commandsInFlight());
    }

    @Override
    public <C> void dispatch(CommandMessage<C> command) {
        dispatch(command, (_, _) -> {});
    }

    @Override
    public <C, R> void dispatch(
            CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        callback.onResult(command, answer(command));
    }

    private <R> CommandResultMessage<R> answer(CommandMessage<?> command) {
        if (!inFlight.tryAcquire()) {
            return refusal(unavailable("Too many commands at once, nothing was stored; try again"));
        }
        try {
            @SuppressWarnings("unchecked")
            R receipt = (R) execute(command);
            return new GenericCommandResultMessage<>(receipt);
        } catch (Refusal refusal) {
            return refusal(refusal);
        } catch (RuntimeException failure) {
            return refusal(refusalFor(command, failure));
        } finally {
            inFlight.release();
        }
    }

    private static Refusal refusalFor(CommandMessage<?> command, RuntimeException failure) {
        String name = command.getCommandName();
        Object correlationId = command.getMetaData().get(MetadataKeys.CORRELATION_ID);
        return switch (CommandFailure.of(failure)) {
            // One line each: while the database is away every command ends here.
            case DATABASE_AWAY -> {
                log.warn("{} {}: the log is away: {}", name, correlationId, failure.getMessage());
                yield outcomeUnknown();
            }
            case UNREADABLE_EVENTS -> {
                log.error(
                        "{} {}: stored events cannot be read: {}",
                        name,
                        correlationId,
                        failure.getMessage());
                yield new Refusal(
                        RefusalCode.UNREADABLE,
                        "What is stored about this employee cannot be read; an operator has to"
                                + " repair it");
            }
            case UNEXPECTED -> {
                log.warn("{} {} ended without a known outcome", name, correlationId, failure);
                yield outcomeUnknown();
            }
        };
    }

    private Receipt execute(CommandMessage<?> message) {
        if (!dispatcher.handles(message.getPayload())) {
            throw new Refusal(RefusalCode.UNKNOWN_EVENT, "No such command");
        }
        @SuppressWarnings("unchecked")
        CommandMessage<? extends EmployeeCommand> command =
                (CommandMessage<? extends EmployeeCommand>) message;
        return executor.execute(() -> admission.admit(command));
    }

    private static Refusal outcomeUnknown() {
        return unavailable("The outcome is not known; repeat the command under the same id");
    }

    private static Refusal unavailable(String message) {
        return new Refusal(RefusalCode.UNAVAILABLE, message);
    }

    private static <R> CommandResultMessage<R> refusal(Refusal refusal) {
        return new GenericCommandResultMessage<>(refusal);
    }

    @Override
    public Registration subscribe(
            String commandName, MessageHandler<? super CommandMessage<?>> handler) {
        return dispatcher.bus().subscribe(commandName, handler);
    }

    /** Interceptors see each try of a command, with everything that was added to it. */
    @Override
    public Registration registerDispatchInterceptor(
            MessageDispatchInterceptor<? super CommandMessage<?>> dispatchInterceptor) {
        return dispatcher.bus().registerDispatchInterceptor(dispatchInterceptor);
    }

    @Override
    public Registration registerHandlerInterceptor(
            MessageHandlerInterceptor<? super CommandMessage<?>> handlerInterceptor) {
        return dispatcher.bus().registerHandlerInterceptor(handlerInterceptor);
    }
}
