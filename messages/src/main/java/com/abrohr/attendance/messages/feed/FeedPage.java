package com.abrohr.attendance.messages.feed;

import java.util.List;

/**
 * Stored entries, oldest first.
 *
 * @param position where the whole feed of the company stood in the snapshot that the entries were
 *     read in
 */
public record FeedPage(FeedPosition position, List<FeedEntry> entries) {

    public FeedPage {
        entries = List.copyOf(entries);
    }
}
