package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An employee's latest work sessions in their order, oldest first. Only the last one can be open.
 *
 * @param count sessions ever begun, which numbers them from 1
 * @param latest at most {@value #KEPT}, the reach of corrections
 */
record WorkSessions(long count, List<WorkSession> latest) {

    static final int KEPT = 64;
    static final WorkSessions NONE = new WorkSessions(0, List.of());

    WorkSessions {
        latest = List.copyOf(latest);
    }

    WorkSessions after(PunchedIn event) {
        List<WorkSession> sessions =
                new ArrayList<>(latest.size() < KEPT ? latest : latest.subList(1, latest.size()));
        sessions.add(WorkSession.begunBy(event));
        return new WorkSessions(count + 1, sessions);
    }

    WorkSessions after(PunchedOut event) {
        return replaced(event.sessionId(), session -> session.after(event));
    }

    WorkSessions after(PunchCorrected event) {
        return replaced(event.sessionId(), session -> session.after(event));
    }

    @Nullable WorkSession last() {
        return latest.isEmpty() ? null : latest.getLast();
    }

    /**
     * The instant of the newest punch as it counts now, after corrections; null before the first.
     */
    @Nullable Instant lastCounted() {
        WorkSession last = last();
        if (last == null) {
            return null;
        }
        return last.end() == null ? last.start() : last.end();
    }

    @Nullable WorkSession open() {
        WorkSession last = last();
        return last != null && last.isOpen() ? last : null;
    }

    @Nullable WorkSession find(String id) {
        int place = placeOf(id);
        return place < 0 ? null : latest.get(place);
    }

    @Nullable WorkSession before(WorkSession session) {
        int place = placeOf(session.id());
        return place <= 0 ? null : latest.get(place - 1);
    }

    @Nullable WorkSession following(WorkSession session) {
        int place = placeOf(session.id());
        return place < 0 || place + 1 == latest.size() ? null : latest.get(place + 1);
    }

    private WorkSessions replaced(String id, UnaryOperator<WorkSession> change) {
        List<WorkSession> sessions = new ArrayList<>(latest);
        sessions.replaceAll(session -> session.id().equals(id) ? change.apply(session) : session);
        return new WorkSessions(count, sessions);
    }

    private int placeOf(String id) {
        for (int place = latest.size() - 1; place >= 0; place--) {
            if (latest.get(place).id().equals(id)) {
                return place;
            }
        }
        return -1;
    }
}
