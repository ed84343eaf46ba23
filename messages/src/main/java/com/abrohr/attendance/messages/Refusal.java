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

    /** What is wrong with the field, where the message is the field's name and this. */
    private final @Nullable String fault;

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
        this(code, field, message, details, null);
    }

    private Refusal(
            RefusalCode code,
            @Nullable String field,
            String message,
            Map<String, Object> details,
            @Nullable String fault) {
        super(message, null, false, false);
        this.code = code;
        this.field = field;
        this.details = Map.copyOf(details);
        this.fault = fault;
    }

    /**
     * A refusal whose message is the field's name and what is wrong with it.
     *
     * @param fault follows the name, as in "is before 1970"
     */
    public static Refusal fault(RefusalCode code, String field, String fault) {
        return new Refusal(code, field, field + " " + fault, Map.of(), fault);
    }

    /** The same, INVALID. */
    public static Refusal fault(String field, String fault) {
        return fault(RefusalCode.INVALID, field, fault);
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

    /** The same refusal for a client that knows the field by another name. */
    public Refusal named(String otherName) {
        return new Refusal(
                code,
                otherName,
                fault == null ? reason() : otherName + " " + fault,
                details,
                fault);
    }

    public String reason() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }
}
