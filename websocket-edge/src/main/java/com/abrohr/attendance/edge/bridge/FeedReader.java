package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.feed.BoardChanges;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** Where a company's feed and its live board come from. All but the updates blocks. */
interface FeedReader {
    int LIMIT = 1000;

    /**
     * Starts watching; what is emitted from now on goes to {@code updates}, on the thread that
     * emits, which must not be made to wait. Returns when the position is known.
     */
    Watch watch(String companyId, Consumer<FeedBatch> updates, Runnable broken);

    /**
     * The entries after a number, oldest first, at most {@link #LIMIT}.
     *
     * @param employeeId only entries about this employee; null for all of the company
     */
    FeedPage read(String companyId, @Nullable String employeeId, long afterSeq);

    /**
     * What a board needs that stood at a number.
     *
     * @param afterSeq a number that the company has given
     * @throws Refusal STALE_VERSION when only the whole board helps
     */
    BoardChanges boardChanges(String companyId, long afterSeq);

    /** The whole board. */
    DashboardView board(String companyId);

    /**
     * A watch that has begun.
     *
     * @param position the last number given when the watch began, or earlier
     */
    record Watch(FeedPosition position, Runnable cancel) {}
}
