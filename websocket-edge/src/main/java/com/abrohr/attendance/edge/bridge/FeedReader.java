package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedPosition;

import java.util.function.Consumer;

/** Where a company's feed comes from. */
interface FeedReader {

    /**
     * Starts watching; what is emitted from now on goes to {@code updates}, on any thread. Blocks
     * until the position is known.
     */
    Watch watch(String companyId, Consumer<FeedBatch> updates, Runnable broken);

    /** The entries after a number, oldest first, at most 1000. */
    FeedBatch read(String companyId, long afterSeq);

    /**
     * @param position the last number given when the watch began, or earlier
     */
    record Watch(FeedPosition position, Runnable cancel) {}
}
