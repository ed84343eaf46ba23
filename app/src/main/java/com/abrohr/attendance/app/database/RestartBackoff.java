package com.abrohr.attendance.app.database;

import java.time.Duration;

/**
 * How long to wait before a server that ended is started again: not at all after a long run, then
 * twice as long each time, up to a bound. A server that starts and soon ends counts as failed.
 */
final class RestartBackoff {
    static final Duration SHORTEST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(30);
    static final Duration LONG_RUN = Duration.ofMinutes(1);

    private Duration next = Duration.ZERO;

    /** The pause before the next try. */
    Duration next() {
        Duration pause = next;
        Duration doubled = pause.multipliedBy(2);
        next = pause.isZero() ? SHORTEST : doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return pause;
    }

    /** The server ended after it had run for so long. */
    void ranFor(Duration duration) {
        if (duration.compareTo(LONG_RUN) >= 0) {
            next = Duration.ZERO;
        }
    }
}
