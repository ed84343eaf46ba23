package com.abrohr.attendance.command.engine;

/** The aggregate has decided this command before: the answer is in the log. */
public final class CommandRepeated extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandRepeated() {
        super("This command was carried out before", null, false, false);
    }
}
