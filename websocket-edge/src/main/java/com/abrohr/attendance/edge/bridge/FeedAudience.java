package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPosition;

import java.util.List;

/** Whom a company's feed is told to, in order. Called by one thread at a time. */
interface FeedAudience {

    /**
     * @param entries with dense numbers, following those of the call before
     */
    void deliver(String companyId, List<FeedEntry> entries);

    /**
     * Entries may have been missed that cannot be told one by one.
     *
     * @param now where the feed goes on
     */
    void resync(String companyId, String reason, FeedPosition now);
}
