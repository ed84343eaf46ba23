package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;

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

    static WorkSession begunBy(PunchedIn event) {
        return new WorkSession(
                event.sessionId(), event.countedAt(), null, event.zoneId(), event.businessDate());
    }

    WorkSession after(PunchedOut event) {
        return new WorkSession(id, start, event.countedAt(), zoneId, businessDate);
    }

    WorkSession after(PunchCorrected event) {
        return new WorkSession(
                id, event.punchInTime(), event.punchOutTime(), zoneId, event.businessDate());
    }

    boolean isOpen() {
        return end == null;
    }
}
