package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

/** In and out follow each other: nobody is in twice, nobody leaves who is not there. */
record PunchesAlternate(WorkSessions sessions) {

    /**
     * @throws Refusal ALREADY_PUNCHED_IN
     */
    void mustBeOut() {
        if (sessions.open() != null) {
            throw new Refusal(RefusalCode.ALREADY_PUNCHED_IN, "Already punched in");
        }
    }

    /**
     * @return the session that a punch-out ends
     * @throws Refusal NOT_PUNCHED_IN
     */
    WorkSession mustBeIn() {
        WorkSession open = sessions.open();
        if (open == null) {
            throw new Refusal(RefusalCode.NOT_PUNCHED_IN, "Not punched in");
        }
        return open;
    }
}
