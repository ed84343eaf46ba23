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
 * An employee's latest work sessions in their order, at most {@value #KEPT}, which is the reach of
 * corrections. Only the last one can be open. A punch costs the same whatever there is.
 */
final class WorkSessions {

    static final int KEPT = 64;

    /** A ring once it is full: the session of number n is at (n - 1) % KEPT. */
    private final List<WorkSession> ring = new ArrayList<>();

    private long count;

    /** Sessions ever begun, which numbers them from 1. */
    long count() {
        return count;
    }

    void apply(PunchedIn event) {
        WorkSession begun = WorkSession.begunBy(event);
        if (ring.size() < KEPT) {
            ring.add(begun);
        } else {
            ring.set(placeOf(count + 1), begun);
        }
        count++;
    }

    void apply(PunchedOut event) {
        replace(event.sessionId(), session -> session.after(event));
    }

    void apply(PunchCorrected event) {
        replace(event.sessionId(), session -> session.after(event));
    }

    @Nullable WorkSession last() {
        return numbered(count);
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
        return numbered(numberOf(id));
    }

    /** Null for the oldest that is kept: before it may be one that is not. */
    @Nullable WorkSession before(WorkSession session) {
        return numbered(numberOf(session.id()) - 1);
    }

    @Nullable WorkSession following(WorkSession session) {
        long number = numberOf(session.id());
        return number == 0 ? null : numbered(number + 1);
    }

    private void replace(String id, UnaryOperator<WorkSession> change) {
        long number = numberOf(id);
        if (number > 0) {
            int place = placeOf(number);
            ring.set(place, change.apply(ring.get(place)));
        }
    }

    /** From the newest back, because that is what punches are about; 0 for none that is kept. */
    private long numberOf(String id) {
        for (long number = count; number > count - ring.size(); number--) {
            if (ring.get(placeOf(number)).id().equals(id)) {
                return number;
            }
        }
        return 0;
    }

    private @Nullable WorkSession numbered(long number) {
        return number <= count - ring.size() || number > count ? null : ring.get(placeOf(number));
    }

    private static int placeOf(long number) {
        return (int) ((number - 1) % KEPT);
    }
}
