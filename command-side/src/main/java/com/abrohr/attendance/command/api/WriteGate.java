package com.abrohr.attendance.command.api;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Position;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.CommandOrigin;
import com.abrohr.attendance.messages.identity.Source;

import jakarta.servlet.http.HttpServletRequest;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** Where a REST request becomes a command and waits for its answer. */
public final class WriteGate {
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    static final String POSITION = "X-Position";
    private static final String COMMAND_ID = "commandId";
    private static final String CORRELATION_ID = "X-Correlation-Id";
    private static final int LONGEST_KEY = 128;

    private final CommandGateway commandGateway;
    private final Clock clock;

    public WriteGate(CommandGateway commandGateway, Clock clock) {
        this.commandGateway = commandGateway;
        this.clock = clock;
    }

    /**
     * The client's key; one is made for a request without, which then has no protection against its
     * own retries.
     *
     * @throws Refusal INVALID
     */
    public static String commandId(HttpServletRequest request) {
        String key = request.getHeader(IDEMPOTENCY_KEY);
        if (key == null) {
            return UUID.randomUUID().toString();
        }
        if (key.isBlank()
                || key.length() > LONGEST_KEY
                || key.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw Refusal.fault(
                    IDEMPOTENCY_KEY, "takes 1 to " + LONGEST_KEY + " visible ASCII characters");
        }
        return key;
    }

    /**
     * @param status of an answer that says yes, the first time and every time
     * @throws Refusal what the command bus says no with
     */
    public ResponseEntity<Written> send(
            HttpServletRequest request, HttpStatus status, EmployeeCommand command, Caller caller) {
        Written written;
        try {
            written = execute(request, command, caller);
        } catch (Refusal refusal) {
            throw COMMAND_ID.equals(refusal.field()) ? refusal.named(IDEMPOTENCY_KEY) : refusal;
        }
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .header(POSITION, written.position())
                .body(written);
    }

    /**
     * @throws Refusal what the command bus says no with
     */
    public Written execute(HttpServletRequest request, EmployeeCommand command, Caller caller) {
        String correlationId = request.getHeader(CORRELATION_ID);
        CommandOrigin origin =
                new CommandOrigin(
                        caller,
                        Source.API,
                        clock.instant(),
                        correlationId == null ? UUID.randomUUID().toString() : correlationId);
        try {
            Receipt receipt =
                    commandGateway
                            .<Receipt>send(
                                    new GenericCommandMessage<>(command, origin.toMetadata()))
                            .join();
            return new Written(receipt, Position.after(caller.companyId(), receipt).text());
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new Refusal(
                    RefusalCode.UNAVAILABLE,
                    "The outcome is not known; repeat the command under the same id");
        }
    }
}
