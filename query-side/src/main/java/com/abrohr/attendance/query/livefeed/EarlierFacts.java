package com.abrohr.attendance.query.livefeed;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;

/**
 * What events of revision 1 do not say, of the employee that they are about.
 *
 * @param sessionStarts when a work session began, by its id; null when that is not known
 * @param leaves type and dates of a leave request, by its id; null when they are not known
 */
public record EarlierFacts(
        Function<String, @Nullable Instant> sessionStarts,
        Function<String, @Nullable LeaveFacts> leaves) {
    public record LeaveFacts(String leaveType, LocalDate startDate, LocalDate endDate) {}

    /**
     * @throws IllegalStateException when that is not known
     */
    public Instant sessionStart(String sessionId) {
        return known(sessionStarts.apply(sessionId), sessionId);
    }

    /**
     * @throws IllegalStateException when they are not known
     */
    public LeaveFacts leave(String leaveId) {
        return known(leaves.apply(leaveId), leaveId);
    }

    private static <T> T known(@Nullable T found, String id) {
        if (found == null) {
            throw new IllegalStateException("nothing is known of " + id);
        }
        return found;
    }
}
