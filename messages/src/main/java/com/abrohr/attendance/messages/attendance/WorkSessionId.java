package com.abrohr.attendance.messages.attendance;

import java.util.Optional;

/**
 * Names a work session within its company: the employee and the number of the session, from 1.
 * Written {@code ws-<number>-<employeeId>}, so that whoever holds the id can route to its clock
 * without a look-up.
 */
public record WorkSessionId(String employeeId, long number) {

    private static final String PREFIX = "ws-";

    @Override
    public String toString() {
        return PREFIX + number + "-" + employeeId;
    }

    /** Empty when the text is no id that this class writes. */
    public static Optional<WorkSessionId> parse(String text) {
        int dash = text.indexOf('-', PREFIX.length());
        if (!text.startsWith(PREFIX)
                || dash < 0
                || dash > PREFIX.length() + 18
                || dash + 1 == text.length()) {
            return Optional.empty();
        }
        try {
            var id =
                    new WorkSessionId(
                            text.substring(dash + 1),
                            Long.parseLong(text, PREFIX.length(), dash, 10));
            return id.number > 0 && id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
