package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** A session keeps its place between its neighbours; touching them is allowed. */
record SessionsDoNotOverlap(WorkSessions sessions) {
    /**
     * @throws Refusal OVERLAP
     */
    void check(WorkSession session, CorrectedTimes times) {
        WorkSession before = sessions.before(session);
        if (before != null && isAfter(before.end(), times.start())) {
            throw new Refusal(
                    RefusalCode.OVERLAP, "punchInTime", "The session before ends later than this");
        }
        WorkSession following = sessions.following(session);
        if (following != null && isAfter(times.end(), following.start())) {
            throw new Refusal(
                    RefusalCode.OVERLAP, "punchOutTime", "The next session begins before this");
        }
    }

    /** An open end is after everything. */
    private static boolean isAfter(@Nullable Instant end, Instant start) {
        return end == null || end.isAfter(start);
    }
}
