package com.abrohr.attendance.command.attendance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

/**
 * @param start the counted punch-in
 * @param end the counted punch-out; null while the session is open
 * @param zoneId of the session's first punch
 */
record WorkSession(
        String id, Instant start, @Nullable Instant end, String zoneId, LocalDate businessDate) {

    boolean isOpen() {
        return end == null;
    }
}
