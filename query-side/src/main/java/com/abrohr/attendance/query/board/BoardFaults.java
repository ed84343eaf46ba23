package com.abrohr.attendance.query.board;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The segments that this node cannot get on with. Axon forgets a segment's error as soon as it has
 * let the segment go, which is before it tries again, so whoever asks the processor sees none.
 */
public class BoardFaults {

    /** A node that tries in vain does so every second; one that gave the segment up is silent. */
    private static final Duration REMEMBERED = Duration.ofSeconds(60);

    private record Fault(Instant at, String what) {}

    private final Clock clock;
    private final Map<Object, Fault> bySegment = new ConcurrentHashMap<>();

    BoardFaults(Clock clock) {
        this.clock = clock;
    }

    void failed(Object segment, RuntimeException failure) {
        bySegment.put(segment, new Fault(clock.instant(), failure.toString()));
    }

    void committed(Object segment) {
        bySegment.remove(segment);
    }

    /** What went wrong last, of what is not made good yet. */
    public Optional<String> current() {
        Instant oldest = clock.instant().minus(REMEMBERED);
        return bySegment.values().stream()
                .filter(fault -> fault.at().isAfter(oldest))
                .max(Comparator.comparing(Fault::at))
                .map(Fault::what);
    }
}
