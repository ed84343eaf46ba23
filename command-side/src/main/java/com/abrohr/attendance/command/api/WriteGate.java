package com.abrohr.attendance.command.api;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Position;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.CommandOrigin;
import com.abrohr.attendance.messages.identity.Source;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** Where a REST request becomes a command and waits for its answer. */
final class WriteGate {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    static final String POSITION = "X-Position";
    /** Where the request's own stands for the log. */
    private static final String CORRELATION_ID = "correlationId";
    private static final int LONGEST_KEY = 128;

    private final CommandGateway commandGateway;
    private final Clock clock;

    WriteGate(CommandGateway commandGateway, Clock clock) {
        this.commandGateway = commandGateway;
        this.clock = clock;
    }

    /**
     * The client's key; one is made for a request without, which then has no protection against its
     * own retries.
     *
     * @throws Refusal INVALID
     */
    static String commandId(@Nullable String idempotencyKey) {
        if (idempotencyKey == null) {
            return UUID.randomUUID().toString();
        }
        if (idempotencyKey.isBlank()
                || idempotencyKey.length() > LONGEST_KEY
                || idempotencyKey.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw Refusal.invalid(
                    IDEMPOTENCY_KEY,
                    IDEMPOTENCY_KEY + " takes 1 to " + LONGEST_KEY + " visible ASCII characters");
        }
        return idempotencyKey;
    }

    /**
     * @param status of an answer that says yes, the first time and every time
     * @throws Refusal what the command bus says no with
     */
    ResponseEntity<Written> answer(HttpStatus status, EmployeeCommand command, Caller caller) {
        Receipt receipt = send(command, caller);
        String position = Position.after(caller.companyId(), receipt).text();
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .header(POSITION, position)
                .body(new Written(receipt, position));
    }

    /**
     * @throws Refusal what the command bus says no with
     */
    Receipt send(EmployeeCommand command, Caller caller) {
        String correlationId = MDC.get(CORRELATION_ID);
        CommandOrigin origin =
                new CommandOrigin(
                        caller,
                        Source.API,
                        clock.instant(),
                        correlationId == null ? UUID.randomUUID().toString() : correlationId);
        try {
            return commandGateway
                    .<Receipt>send(new GenericCommandMessage<>(command, origin.toMetadata()))
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw inTheWordsOfRest(refusal);
            }
            throw new Refusal(
                    RefusalCode.UNAVAILABLE,
                    "The outcome is not known; repeat with the same " + IDEMPOTENCY_KEY);
        }
    }

    private static Refusal inTheWordsOfRest(Refusal refusal) {
        return "commandId".equals(refusal.field())
                ? new Refusal(
                        refusal.code(),
                        IDEMPOTENCY_KEY,
                        refusal.reason().replace("commandId", IDEMPOTENCY_KEY))
                : refusal;
    }
}
