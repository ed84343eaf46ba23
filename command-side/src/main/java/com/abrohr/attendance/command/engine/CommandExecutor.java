package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.command.engine.AggregateDispatcher.Decision;
import com.abrohr.attendance.command.engine.AggregateDispatcher.DecisionRefused;
import com.abrohr.attendance.command.eventstore.AppendRejected;
import com.abrohr.attendance.command.eventstore.DuplicateCommand;
import com.abrohr.attendance.command.eventstore.EventLog;
import com.abrohr.attendance.command.eventstore.LogCheck;
import com.abrohr.attendance.command.eventstore.StoredCommand;
import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Executes a command until it has an answer: tries again where another node was faster, answers a
 * repeat from the log, and refuses only what was decided on the newest events of the log.
 */
final class CommandExecutor {
    private static final int TRIES = 8;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final AggregateDispatcher dispatcher;
    private final EventLog eventLog;
    private final KnownEmployees employees;

    CommandExecutor(AggregateDispatcher dispatcher, EventLog eventLog, KnownEmployees employees) {
        this.dispatcher = dispatcher;
        this.eventLog = eventLog;
        this.employees = employees;
    }

    /**
     * @param admitted admits the command again for each try
     * @throws Refusal what the aggregate refuses, IDEMPOTENCY_CONFLICT, UNAVAILABLE
     */
    Receipt execute(Supplier<? extends CommandMessage<? extends EmployeeCommand>> admitted) {
        for (int tries = 1; tries <= TRIES; tries++) {
            Receipt receipt = tryOnce(admitted.get(), tries);
            if (receipt != null) {
                return receipt;
            }
        }
        throw new Refusal(
                RefusalCode.UNAVAILABLE,
                "Others are changing the same; repeat the command under the same id");
    }

    /** Null when it is worth another try. */
    private @Nullable Receipt tryOnce(
            CommandMessage<? extends EmployeeCommand> message, int tries) {
        EmployeeCommand command = message.getPayload();
        try {
            Decision decision = dispatcher.decide(message);
            if (decision.events().isEmpty()) {
                return checked(message, decision.decidedOn(), null);
            }
            return dispatcher
                    .aggregateOf(command)
                    .receipt(
                            decision.events().getFirst(),
                            command.commandId(),
                            decision.storedAt().lastSeq());
        } catch (DecisionRefused refused) {
            return checked(message, refused.decidedOn(), refused);
        } catch (ConcurrencyException lost) {
            // It may be the employee's stream that has grown, which gave the zone.
            employees.forget(command.companyId(), command.employeeId());
            LockSupport.parkNanos(
                    ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NANOS << (tries - 1)));
            return null;
        } catch (DuplicateCommand duplicate) {
            return eventLog.findCommand(
                            command.companyId(), command.employeeId(), command.commandId())
                    .map(stored -> repeated(message, stored))
                    .orElse(null);
        } catch (AppendRejected rejected) {
            throw new Refusal(RefusalCode.INVALID, "This cannot be stored");
        }
    }

    /**
     * Compares a decision that appended nothing with the log, where another node may have appended.
     *
     * @param refused null when there was nothing to change
     */
    private @Nullable Receipt checked(
            CommandMessage<? extends EmployeeCommand> message,
            long decidedOn,
            @Nullable DecisionRefused refused) {
        EmployeeCommand command = message.getPayload();
        String stream = dispatcher.aggregateOf(command).streamOf(command);
        LogCheck check =
                eventLog.check(
                        stream, command.companyId(), command.employeeId(), command.commandId());
        if (check.command().isPresent()) {
            return repeated(message, check.command().get());
        }
        Refusal refusal = refused == null ? null : refused.refusal();
        boolean cachedButNotStored = refused != null && refusal == null;
        if (check.lastSequence() != decidedOn || cachedButNotStored) {
            dispatcher.forget(stream);
            return null;
        }
        if (refusal != null) {
            throw refusal;
        }
        return dispatcher.aggregateOf(command).unchanged(command, check.lastSeq());
    }

    private Receipt repeated(
            CommandMessage<? extends EmployeeCommand> message, StoredCommand stored) {
        EmployeeCommand command = message.getPayload();
        if (!dispatcher.commandType(command).isRepeat(command, stored.fingerprint())) {
            throw Refusal.fault(
                    RefusalCode.IDEMPOTENCY_CONFLICT, "commandId", "was used for something else");
        }
        return dispatcher
                .aggregateOf(command)
                .receipt(
                        (DomainEvent) stored.firstEvent().getPayload(),
                        command.commandId(),
                        stored.lastSeq());
    }
}
