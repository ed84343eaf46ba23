package com.abrohr.attendance.edge.bridge;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Instants as JavaScript writes them, so that a timestamp comes back to the guide's clients as they
 * sent it.
 */
public final class WireTime {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private WireTime() {}

    /** To the millisecond, which is what a browser's clock has. */
    public static String ofMillis(Instant instant) {
        return MILLIS.format(instant);
    }

    public static String of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).equals(instant)
                ? MILLIS.format(instant)
                : instant.toString();
    }
}
