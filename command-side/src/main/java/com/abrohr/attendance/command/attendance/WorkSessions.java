package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.command.engine.HeapSize;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.attendance.WorkSessionId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * An employee's latest work sessions in their order. Corrections reach back to the latest {@value
 * #CORRECTABLE}; one more is kept, because the oldest of those must not overlap it either. Only the
 * last one can be open. A punch costs the same whatever there is.
 *
 * <p>Kept as numbers, because thousands of these stay in memory: an id follows from the number of
 * its session, and the log counts in microseconds.
 */
final class WorkSessions {
    static final int CORRECTABLE = 64;

    /** Whoever reads these sessions needs no event before the first of them. */
    static final int KEPT = CORRECTABLE + 1;

    private static final int FIRST_ROOM = 4;
    private static final long OPEN = Long.MIN_VALUE;
    private static final int FIELD_BYTES = 5 * HeapSize.REFERENCE + 2 * Long.BYTES;

    private String employeeId = "";

    /** Rings once there are {@value #KEPT}: the session of number n is at (n - 1) % KEPT. */
    private long[] startMicros = new long[FIRST_ROOM];

    private long[] endMicros = new long[FIRST_ROOM];
    private int[] businessDays = new int[FIRST_ROOM];
    private String[] zoneIds = new String[FIRST_ROOM];
    private long count;

    /** The first session that was applied; later than 1 where only the tail of a stream was. */
    private long first = 1;

    /** Sessions ever begun, which numbers them from 1. */
    long count() {
        return count;
    }

    void apply(PunchedIn event) {
        employeeId = event.employeeId();
        long number =
                WorkSessionId.parse(event.sessionId()).map(WorkSessionId::number).orElse(count + 1);
        if (count == 0) {
            first = number;
        }
        count = number;
        int place = placeOf(count);
        makeRoomFor(place);
        startMicros[place] = micros(event.countedAt());
        endMicros[place] = OPEN;
        businessDays[place] = Math.toIntExact(event.businessDate().toEpochDay());
        // each event brings its own copy of the same few names
        zoneIds[place] = event.zoneId().intern();
    }

    void apply(PunchedOut event) {
        long number = numberOf(event.sessionId());
        if (number > 0) {
            endMicros[placeOf(number)] = micros(event.countedAt());
        }
    }

    void apply(PunchCorrected event) {
        long number = numberOf(event.sessionId());
        if (number > 0) {
            int place = placeOf(number);
            startMicros[place] = micros(event.punchInTime());
            endMicros[place] = event.punchOutTime() == null ? OPEN : micros(event.punchOutTime());
            businessDays[place] = Math.toIntExact(event.businessDate().toEpochDay());
        }
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

    /** Null for a session that is none of this employee's, or that corrections do not reach. */
    @Nullable WorkSession find(String id) {
        long number = numberOf(id);
        return number > count - CORRECTABLE ? numbered(number) : null;
    }

    /** Null for the employee's first session only: what {@link #find} answers has its neighbour. */
    @Nullable WorkSession before(WorkSession session) {
        return numbered(numberOf(session.id()) - 1);
    }

    @Nullable WorkSession following(WorkSession session) {
        long number = numberOf(session.id());
        return number == 0 ? null : numbered(number + 1);
    }

    int retainedBytes() {
        int room = startMicros.length;
        return HeapSize.ofObject(FIELD_BYTES)
                + HeapSize.of(employeeId)
                + 2 * HeapSize.ofArray(room, Long.BYTES)
                + HeapSize.ofArray(room, Integer.BYTES)
                + HeapSize.ofArray(room, HeapSize.REFERENCE);
    }

    /** 0 for none that is kept. */
    private long numberOf(String id) {
        return WorkSessionId.parse(id)
                .filter(parsed -> parsed.employeeId().equals(employeeId))
                .filter(parsed -> isKept(parsed.number()))
                .map(WorkSessionId::number)
                .orElse(0L);
    }

    private @Nullable WorkSession numbered(long number) {
        if (!isKept(number)) {
            return null;
        }
        int place = placeOf(number);
        return new WorkSession(
                new WorkSessionId(employeeId, number).toString(),
                instant(startMicros[place]),
                endMicros[place] == OPEN ? null : instant(endMicros[place]),
                zoneIds[place],
                LocalDate.ofEpochDay(businessDays[place]));
    }

    private boolean isKept(long number) {
        return number >= first && number <= count && number > count - KEPT;
    }

    private void makeRoomFor(int place) {
        if (place >= startMicros.length) {
            int room = Math.min(KEPT, Math.max(place + 1, 2 * startMicros.length));
            startMicros = Arrays.copyOf(startMicros, room);
            endMicros = Arrays.copyOf(endMicros, room);
            businessDays = Arrays.copyOf(businessDays, room);
            zoneIds = Arrays.copyOf(zoneIds, room);
        }
    }

    private static int placeOf(long number) {
        return (int) ((number - 1) % KEPT);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
