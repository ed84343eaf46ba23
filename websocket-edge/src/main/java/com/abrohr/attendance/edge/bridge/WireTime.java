package com.abrohr.attendance.edge.bridge;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Instants as JavaScript writes them, so that a timestamp comes back to the guide's clients as they
 * sent it.
 */
public final class WireTime {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private WireTime() {}

    public static String of(Instant instant) {
        return instant.getNano() % 1_000_000 == 0 ? MILLIS.format(instant) : instant.toString();
    }
}
