package com.abrohr.attendance.messages.feed;

import java.util.List;

/**
 * What happened next in one company.
 *
 * @param entries in the order of their numbers and without gaps among them; empty when only the
 *     board changed, because of the clock or of a repair
 * @param board how the live board changed with it
 */
public record FeedBatch(String companyId, List<FeedEntry> entries, BoardDelta board) {
    public FeedBatch {
        entries = List.copyOf(entries);
    }
}
