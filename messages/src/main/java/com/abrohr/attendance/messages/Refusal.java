package com.abrohr.attendance.messages;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A command or query was understood and answered with no; carries no stack trace because it is an
 * answer, not a fault.
 */
public final class Refusal extends RuntimeException {

    private final RefusalCode code;
    private final @Nullable String field;
    private final transient Map<String, Object> details;

    public Refusal(RefusalCode code, String message) {
        this(code, null, message);
    }

    /**
     * @param field name of the input at fault as the client wrote it, or null where none is
     */
    public Refusal(RefusalCode code, @Nullable String field, String message) {
        this(code, field, message, Map.of());
    }

    /**
     * @param details what the refusal says besides, by the names that clients read; values that can
     *     be written as JSON
     */
    public Refusal(
            RefusalCode code, @Nullable String field, String message, Map<String, Object> details) {
        super(message, null, false, false);
        this.code = code;
        this.field = field;
        this.details = Map.copyOf(details);
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

    public Map<String, Object> details() {
        return details;
    }

    /** The same refusal in the words of another door. */
    public Refusal inWords(@Nullable String field, String message) {
        return new Refusal(code, field, message, details);
    }

    public String reason() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }
}
