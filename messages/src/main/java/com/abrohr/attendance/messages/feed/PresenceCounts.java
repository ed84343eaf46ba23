package com.abrohr.attendance.messages.feed;

import com.abrohr.attendance.messages.attendance.Presence;

import java.time.Instant;
import java.util.Map;

/**
 * Employees of a company by presence, as of a feed number and an instant.
 *
 * @param counts absent keys are 0
 */
public record PresenceCounts(FeedPosition position, Instant asOf, Map<Presence, Integer> counts) {
    public PresenceCounts {
        counts = Map.copyOf(counts);
    }
}
