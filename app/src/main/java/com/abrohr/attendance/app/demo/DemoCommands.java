package com.abrohr.attendance.app.demo;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.CommandOrigin;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.identity.Source;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Sends the commands of the demo over the command bus. */
final class DemoCommands {
    private final CommandGateway gateway;
    private final Clock clock;

    DemoCommands(CommandGateway gateway, Clock clock) {
        this.gateway = gateway;
        this.clock = clock;
    }

    CompletableFuture<Receipt> asSystem(EmployeeCommand command) {
        return send(
                command,
                new Caller(DemoCompany.ID, "demo", "demo", Role.SYSTEM, Instant.MAX),
                Source.SYSTEM);
    }

    CompletableFuture<Receipt> as(DemoPerson actor, EmployeeCommand command) {
        return send(
                command,
                new Caller(
                        DemoCompany.ID,
                        actor.employeeId(),
                        actor.employeeId(),
                        actor.role(),
                        Instant.MAX),
                Source.MOBILE);
    }

    private CompletableFuture<Receipt> send(EmployeeCommand command, Caller caller, Source source) {
        CommandOrigin origin =
                new CommandOrigin(caller, source, clock.instant(), command.commandId());
        return gateway.send(new GenericCommandMessage<>(command, origin.toMetadata()));
    }
}
