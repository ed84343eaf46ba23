package com.abrohr.attendance.messages;

import org.jspecify.annotations.Nullable;

/**
 * A command or query was understood and answered with no; carries no stack trace because it is an
 * answer, not a fault.
 */
public final class Refusal extends RuntimeException {

    private final RefusalCode code;
    private final @Nullable String field;

    public Refusal(RefusalCode code, String message) {
        this(code, null, message);
    }

    /**
     * @param field name of the input at fault as the client wrote it, or null where none is
     */
    public Refusal(RefusalCode code, @Nullable String field, String message) {
        super(message, null, false, false);
        this.code = code;
        this.field = field;
    }

    public static Refusal invalid(String field, String message) {
        return new Refusal(RefusalCode.INVALID, field, message);
    }

    public RefusalCode code() {
        return code;
    }

    public @Nullable String field() {
        return field;
    }

    public String reason() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }
}
