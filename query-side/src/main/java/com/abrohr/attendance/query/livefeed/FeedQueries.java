package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.messages.feed.WatchLiveFeed;
import com.abrohr.attendance.query.read.CompanyReads;

import org.axonframework.queryhandling.QueryHandler;

public class FeedQueries {

    private static final int MAX_LIMIT = 1000;

    private final CompanyReads reads;
    private final FeedTable table;
    private final LiveFeed live;

    /**
     * @param table on the reader pool
     */
    FeedQueries(CompanyReads reads, FeedTable table, LiveFeed live) {
        this.reads = reads;
        this.table = table;
        this.live = live;
    }

    @QueryHandler
    public FeedPage handle(GetFeed query) {
        if (query.limit() < 1 || query.limit() > MAX_LIMIT) {
            throw Refusal.invalid("limit", "limit must be between 1 and " + MAX_LIMIT);
        }
        if (query.afterSeq() < 0) {
            throw Refusal.invalid("after", "after must be 0 or more");
        }
        return reads.in(
                query.companyId(),
                () ->
                        new FeedPage(
                                table.position(query.companyId()),
                                table.after(
                                        query.companyId(),
                                        query.employeeId(),
                                        query.afterSeq(),
                                        query.limit())));
    }

    /** What is emitted after this position reaches the subscription that asks. */
    @QueryHandler
    public FeedPosition handle(WatchLiveFeed query) {
        return live.watch(query.companyId());
    }
}
