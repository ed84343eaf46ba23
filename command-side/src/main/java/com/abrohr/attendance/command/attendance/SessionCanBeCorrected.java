package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.WorkSessionId;

/** A correction names a session of its employee that is among the latest. */
record SessionCanBeCorrected(WorkSessions sessions) {
    /**
     * @throws Refusal NOT_FOUND when there never was such a session of this employee, TOO_OLD when
     *     it is further back than corrections reach
     */
    WorkSession check(String employeeId, String sessionId) {
        WorkSession session = sessions.find(sessionId);
        if (session != null) {
            return session;
        }
        WorkSessionId id =
                WorkSessionId.parse(sessionId)
                        .filter(parsed -> parsed.employeeId().equals(employeeId))
                        .filter(parsed -> parsed.number() <= sessions.count())
                        .orElseThrow(
                                () -> new Refusal(RefusalCode.NOT_FOUND, "No such work session"));
        throw new Refusal(
                RefusalCode.TOO_OLD, "Session " + id.number() + " is too far back to correct");
    }
}
