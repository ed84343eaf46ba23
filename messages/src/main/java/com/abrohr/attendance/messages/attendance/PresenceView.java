package com.abrohr.attendance.messages.attendance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One tile of the board.
 *
 * @param since when the present state began; null when it never changed
 * @param sessionId the open work session; null when there is none
 * @param location of the last punch; null when it carried none
 * @param nextChangeAt when the clock alone will change the presence (a leave begins or ends); null
 *     when it will not
 */
public record PresenceView(
        String employeeId,
        String displayName,
        @Nullable String departmentId,
        @Nullable String siteId,
        String zoneId,
        Presence presence,
        @Nullable Instant since,
        @Nullable String sessionId,
        @Nullable Location location,
        @Nullable Instant nextChangeAt) {}
