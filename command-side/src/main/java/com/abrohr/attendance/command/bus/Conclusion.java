package com.abrohr.attendance.command.bus;

import com.abrohr.attendance.command.bus.LocalSegment.Decision;
import com.abrohr.attendance.command.bus.LocalSegment.Declined;
import com.abrohr.attendance.command.eventlog.AppendMetadata;
import com.abrohr.attendance.command.eventlog.AppendRejected;
import com.abrohr.attendance.command.eventlog.DuplicateCommand;
import com.abrohr.attendance.command.eventlog.EventLog;
import com.abrohr.attendance.command.eventlog.LogCheck;
import com.abrohr.attendance.command.eventlog.StoredCommand;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.workforce.EmployeeReceipt;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Brings a command to its answer: tries again where another node was faster, answers a repeat from
 * the log, and refuses from nothing but a state that the log confirms.
 */
final class Conclusion {

    private static final int TRIES = 8;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final LocalSegment localSegment;
    private final EventLog eventLog;
    private final EmployeeDirectory employees;

    Conclusion(LocalSegment localSegment, EventLog eventLog, EmployeeDirectory employees) {
        this.localSegment = localSegment;
        this.eventLog = eventLog;
        this.employees = employees;
    }

    /**
     * @param admitted gives the command as it is admitted, anew for each try
     * @throws Refusal what the aggregate refuses, IDEMPOTENCY_CONFLICT, UNAVAILABLE
     */
    Receipt reach(Supplier<? extends CommandMessage<? extends EmployeeCommand>> admitted) {
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
            Decision decision = localSegment.decide(message);
            if (decision.events().isEmpty()) {
                return confirmed(message, decision.on(), null);
            }
            if (command instanceof RegisterEmployee) {
                employees.forget(command.companyId(), command.employeeId());
            }
            return Receipts.of(
                    decision.events().getFirst(),
                    command.commandId(),
                    decision.storedAt().lastSeq());
        } catch (Declined declined) {
            return confirmed(message, declined.on(), declined);
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
     * Holds what appended nothing against the log, which another node may have moved on.
     *
     * @param declined null when there was nothing to change
     */
    private @Nullable Receipt confirmed(
            CommandMessage<? extends EmployeeCommand> message,
            long decidedOn,
            @Nullable Declined declined) {
        EmployeeCommand command = message.getPayload();
        String stream = localSegment.streamOf(message);
        LogCheck check =
                eventLog.check(
                        stream, command.companyId(), command.employeeId(), command.commandId());
        if (check.command().isPresent()) {
            return repeated(message, check.command().get());
        }
        Refusal refusal = declined == null ? null : declined.refusal();
        boolean remembersWhatIsNotStored = declined != null && refusal == null;
        if (check.lastSequence() != decidedOn || remembersWhatIsNotStored) {
            localSegment.forget(stream);
            return null;
        }
        if (refusal != null) {
            throw refusal;
        }
        return new EmployeeReceipt(command.employeeId(), command.commandId(), check.lastSeq());
    }

    private static Receipt repeated(
            CommandMessage<? extends EmployeeCommand> message, StoredCommand stored) {
        if (!Objects.equals(
                message.getMetaData().get(AppendMetadata.FINGERPRINT), stored.fingerprint())) {
            throw Refusal.fault(
                    RefusalCode.IDEMPOTENCY_CONFLICT, "commandId", "was used for something else");
        }
        return Receipts.of(
                stored.firstEvent().getPayload(),
                message.getPayload().commandId(),
                stored.lastSeq());
    }
}
