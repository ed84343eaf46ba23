package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.FeedEntry;

import java.util.List;

/** Whom a company's feed is told to, in order. Called by one thread at a time. */
interface FeedAudience {

    /**
     * @param entries with dense numbers, following those of the call before
     */
    void deliver(String companyId, List<FeedEntry> entries);

    /** Entries may have been missed that cannot be told one by one. */
    void resync(String companyId, String reason);
}
