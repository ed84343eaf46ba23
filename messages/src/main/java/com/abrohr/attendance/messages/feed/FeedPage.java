package com.abrohr.attendance.messages.feed;

import java.util.List;

/**
 * Entries read from the log, oldest first.
 *
 * @param position where the company's log stood in the snapshot that the entries were read in
 * @param more whether there are further entries up to {@code position}
 */
public record FeedPage(FeedPosition position, List<FeedEntry> entries, boolean more) {
    public FeedPage {
        entries = List.copyOf(entries);
    }
}
