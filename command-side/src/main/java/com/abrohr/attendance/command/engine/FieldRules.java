package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.messages.Refusal;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;

/**
 * What a field may hold, whichever way the command came in. Every check throws a {@link Refusal},
 * INVALID with the field's name.
 */
public final class FieldRules {
    /** Characters of an id. */
    public static final int ID = 128;

    /** Characters of an id that is a prefix and a number before an employee's id. */
    public static final int NUMBERED_ID = ID + 24;

    /** Characters of a word, like a type of leave. */
    public static final int WORD = 64;

    /** Characters of a name. */
    public static final int NAME = 200;

    /** Characters of what a person writes. */
    public static final int TEXT = 2000;

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private FieldRules() {}

    public static void id(String field, @Nullable String value) {
        required(field, value, ID);
    }

    public static void required(String field, @Nullable String value, int atMost) {
        if (value == null || value.isBlank()) {
            throw Refusal.fault(field, "is required");
        }
        if (value.length() > atMost) {
            throw Refusal.fault(field, "has more than " + atMost + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl) || !isWellFormed(value)) {
            throw Refusal.fault(field, "holds a character that cannot stand there");
        }
    }

    /** Null is allowed. */
    public static void text(String field, @Nullable String value, int atMost) {
        if (value == null) {
            return;
        }
        if (value.length() > atMost) {
            throw Refusal.fault(field, "has more than " + atMost + " characters");
        }
        if (value.indexOf('\0') >= 0 || !isWellFormed(value)) {
            throw Refusal.fault(field, "holds a character that cannot stand there");
        }
    }

    /** A lone surrogate is no text: it could not be written as UTF-8. */
    private static boolean isWellFormed(String value) {
        return value.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }

    /** Null is allowed. */
    public static void instant(String field, @Nullable Instant value) {
        if (value != null && value.isBefore(EARLIEST)) {
            throw Refusal.fault(field, "is before 1970");
        }
    }

    public static void date(String field, @Nullable LocalDate value) {
        if (value == null) {
            throw Refusal.fault(field, "is required");
        }
        if (value.getYear() < FIRST_YEAR || value.getYear() > LAST_YEAR) {
            throw Refusal.fault(field, "is outside the calendar");
        }
    }

    /** The field zone, an IANA zone; null is allowed. */
    public static void zone(@Nullable String zoneId) {
        if (zoneId != null && !ZONES.contains(zoneId)) {
            throw Refusal.fault("zone", "must name a time zone of the IANA database");
        }
    }
}
