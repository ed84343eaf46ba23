package com.abrohr.attendance.command.eventstore;

import org.axonframework.eventhandling.EventMessage;

/**
 * The log already holds events of this command; nothing was stored by this append.
 *
 * @see EventLog#findCommand
 */
public final class DuplicateCommand extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String companyId;
    private final String employeeId;
    private final String commandId;

    public DuplicateCommand(String companyId, String employeeId, String commandId) {
        super("The log already holds events of this command", null, false, false);
        this.companyId = companyId;
        this.employeeId = employeeId;
        this.commandId = commandId;
    }

    static DuplicateCommand of(EventMessage<?> event) {
        CommandKey command = AppendFactory.commandOf(event);
        return new DuplicateCommand(command.companyId(), command.employeeId(), command.commandId());
    }

    public String companyId() {
        return companyId;
    }

    public String employeeId() {
        return employeeId;
    }

    public String commandId() {
        return commandId;
    }
}
