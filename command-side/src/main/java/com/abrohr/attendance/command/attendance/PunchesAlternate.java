package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import java.time.Instant;
import java.util.Map;

/** In and out follow each other: nobody is in twice, nobody leaves who is not there. */
record PunchesAlternate(WorkSessions sessions) {
    /**
     * @throws Refusal ALREADY_PUNCHED_IN
     */
    void mustBeOut() {
        WorkSession open = sessions.open();
        if (open != null) {
            throw new Refusal(
                    RefusalCode.ALREADY_PUNCHED_IN,
                    null,
                    "Already punched in",
                    Map.of(
                            "openSession",
                            Map.of("sessionId", open.id(), "since", open.start().toString())));
        }
    }

    /**
     * @return the session that a punch-out ends
     * @throws Refusal NOT_PUNCHED_IN
     */
    WorkSession mustBeIn() {
        WorkSession open = sessions.open();
        if (open == null) {
            throw new Refusal(RefusalCode.NOT_PUNCHED_IN, null, "Not punched in", lastSession());
        }
        return open;
    }

    /** For a client that repeats a punch-out because it never got the confirmation. */
    private Map<String, Object> lastSession() {
        WorkSession last = sessions.last();
        Instant end = last == null ? null : last.end();
        return last == null || end == null
                ? Map.of()
                : Map.of(
                        "lastSession",
                        Map.of(
                                "sessionId", last.id(),
                                "since", last.start().toString(),
                                "until", end.toString()));
    }
}
