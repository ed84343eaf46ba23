package com.abrohr.attendance.messages;

import java.util.Optional;

/**
 * The form of ids that number something of one employee, from 1: {@code
 * <prefix><number>-<employeeId>}. Whoever holds such an id can route to the employee's stream
 * without a look-up.
 */
public record EmployeeNumber(String employeeId, long number) {
    /** No number of a stream has more digits, so none can overflow. */
    private static final int MOST_DIGITS = 18;

    public String written(String prefix) {
        return prefix + number + "-" + employeeId;
    }

    /** Empty when the text is nothing that {@link #written} gives for this prefix. */
    public static Optional<EmployeeNumber> parse(String prefix, String text) {
        int dash = text.indexOf('-', prefix.length());
        if (!text.startsWith(prefix)
                || dash < 0
                || dash > prefix.length() + MOST_DIGITS
                || dash + 1 == text.length()) {
            return Optional.empty();
        }
        try {
            var read =
                    new EmployeeNumber(
                            text.substring(dash + 1),
                            Long.parseLong(text, prefix.length(), dash, 10));
            return read.number > 0 && read.written(prefix).equals(text)
                    ? Optional.of(read)
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
