package com.abrohr.attendance.command.eventstore;

/**
 * The log already holds events of this command; nothing was stored by this append.
 *
 * @see EventLog#findCommand
 */
public final class DuplicateCommand extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DuplicateCommand() {
        super("The log already holds events of this command", null, false, false);
    }
}
