package com.abrohr.attendance.messages.feed;

import java.util.List;

/**
 * Entries of one company in the order of their numbers, without gaps among them; may be empty. An
 * emitted batch is a hint: its receiver orders by number, drops what it has, and asks for what is
 * missing.
 */
public record FeedBatch(String companyId, List<FeedEntry> entries) {

    public FeedBatch {
        entries = List.copyOf(entries);
    }
}
