package com.abrohr.attendance.messages;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * One page of a list.
 *
 * @param nextCursor opaque; give it back as {@code cursor} for the next page; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String nextCursor, AsOf asOf) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * What the page is true of.
     *
     * @param validAt the instant at which the facts hold
     * @param knownAt the instant at which the system knew them
     * @param seq the company's last live-feed number that the page includes
     */
    public record AsOf(Instant validAt, Instant knownAt, long seq) {}
}
