package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.command.engine.LogInstant;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A session's times once corrected: what the correction does not name stays as it was, and the
 * session ends after it began.
 */
record CorrectedTimes(Instant start, @Nullable Instant end) {
    /**
     * @throws Refusal INVALID
     */
    CorrectedTimes {
        if (end != null && !start.isBefore(end)) {
            throw Refusal.invalid("punchOutTime", "A session ends after it began");
        }
    }

    /**
     * @throws Refusal INVALID
     */
    static CorrectedTimes of(WorkSession session, CorrectWorkSession command) {
        if (command.punchInTime() == null && command.punchOutTime() == null) {
            throw Refusal.invalid("punchInTime", "punchInTime or punchOutTime is needed");
        }
        Instant start = command.punchInTime();
        Instant end = command.punchOutTime();
        return new CorrectedTimes(
                start == null ? session.start() : LogInstant.of(start),
                end == null ? session.end() : LogInstant.of(end));
    }
}
