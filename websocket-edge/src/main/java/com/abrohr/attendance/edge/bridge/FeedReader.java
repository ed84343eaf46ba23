package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** Where a company's feed comes from. */
interface FeedReader {

    int LIMIT = 1000;

    /**
     * Starts watching; what is emitted from now on goes to {@code updates}, on any thread. Blocks
     * until the position is known.
     */
    Watch watch(String companyId, Consumer<FeedBatch> updates, Runnable broken);

    /**
     * The entries after a number, oldest first, at most {@link #LIMIT}.
     *
     * @param employeeId only entries about this employee; null for all of the company
     */
    FeedPage read(String companyId, @Nullable String employeeId, long afterSeq);

    /**
     * @param position the last number given when the watch began, or earlier
     */
    record Watch(FeedPosition position, Runnable cancel) {}
}
