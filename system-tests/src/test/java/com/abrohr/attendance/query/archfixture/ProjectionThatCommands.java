package com.abrohr.attendance.query.archfixture;

import org.axonframework.commandhandling.gateway.CommandGateway;

/** Illegal: a projection that sends a command, which a replay would send again. */
public final class ProjectionThatCommands {
    private final CommandGateway gateway;

    public ProjectionThatCommands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    public void on(Object event) {
        gateway.send(event);
    }
}
