package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Sends a command and waits for its receipt; meant for virtual threads. */
final class CommandSender {
    private static final Logger log = LoggerFactory.getLogger(CommandSender.class);

    private final CommandGateway gateway;

    CommandSender(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * @throws Refusal when the command is refused, or UNAVAILABLE when its outcome is unknown
     */
    <R extends Receipt> R send(EmployeeCommand command, EventOrigin origin, Class<R> receipt) {
        origin.beforeSend().accept(command.commandId());
        CompletableFuture<Object> answer =
                gateway.send(
                        new GenericCommandMessage<>(
                                command, origin.toCommandOrigin().toMetadata()));
        try {
            return receipt.cast(answer.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ClientEvents.outcomeUnknown();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            log.warn(
                    "{} {}: outcome unknown",
                    command.getClass().getSimpleName(),
                    origin.correlationId(),
                    e.getCause());
            throw ClientEvents.outcomeUnknown();
        }
    }
}
