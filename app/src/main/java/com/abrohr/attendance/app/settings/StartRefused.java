package com.abrohr.attendance.app.settings;

/** The process cannot start as it is set up; the message is written for the operator. */
public final class StartRefused extends RuntimeException {
    private final String action;

    /**
     * @param message what is wrong, naming the setting where one is at fault
     * @param action what the operator can do about it
     */
    public StartRefused(String message, String action) {
        super(message);
        this.action = action;
    }

    public StartRefused(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    public String action() {
        return action;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    static StartRefused setting(String name, String problem) {
        return new StartRefused(
                name + ": " + problem, "Correct the setting " + name + " and start again.");
    }
}
