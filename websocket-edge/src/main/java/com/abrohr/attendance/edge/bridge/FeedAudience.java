package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPosition;

/**
 * The clients that a company's feed is delivered to, in order. Delivering does not block. Called by
 * one thread at a time for a company.
 */
interface FeedAudience {
    /** How many sockets get every entry of the company. */
    int listeners(String companyId);

    /** Whether any socket shows the live board. */
    boolean hasBoards(String companyId);

    /**
     * Delivers an entry to those who may see it.
     *
     * @param entry follows that of the call before
     * @param boardSeq where the live boards stand
     */
    void deliver(FeedEntry entry, long boardSeq);

    /**
     * Delivers a change of the board to the sockets that show it.
     *
     * @param seq the last entry that was delivered
     */
    void deliver(String companyId, BoardDelta delta, long seq);

    /**
     * Entries may have been missed that cannot be delivered one by one.
     *
     * @param now where the feed continues
     */
    void resync(String companyId, ResyncReason reason, FeedPosition now);

    /** The live boards cannot be brought up to date. */
    void resyncBoards(String companyId, ResyncReason reason, FeedPosition now);
}
