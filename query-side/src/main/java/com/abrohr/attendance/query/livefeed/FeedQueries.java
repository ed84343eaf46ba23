package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.messages.feed.WatchLiveFeed;
import com.abrohr.attendance.query.read.CompanyReads;

import org.axonframework.queryhandling.QueryHandler;

import java.util.List;

/** The live feed of a company: missed entries from the log, and those from now on. */
public final class FeedQueries {
    private static final int MAX_LIMIT = 1000;

    private final CompanyReads reads;
    private final FeedLog feedLog;
    private final FeedEntryReader entries;
    private final LiveFeed live;

    FeedQueries(CompanyReads reads, FeedLog feedLog, FeedEntryReader entries, LiveFeed live) {
        this.reads = reads;
        this.feedLog = feedLog;
        this.entries = entries;
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
        String companyId = query.companyId();
        String employeeId = query.employeeId();
        long after = query.afterSeq();
        int limit = query.limit();
        return employeeId == null
                ? reads.in(
                        companyId,
                        feedLog.page(companyId, after, limit),
                        page -> page(page.position(), page.rows(), limit))
                : reads.in(
                        companyId,
                        feedLog.position(companyId),
                        position ->
                                page(
                                        position,
                                        feedLog.ofEmployee(companyId, employeeId, after, limit),
                                        limit));
    }

    private FeedPage page(FeedPosition position, List<LogRow> rows, int limit) {
        List<FeedEntry> read = rows.stream().map(entries::entry).toList();
        boolean more = read.size() == limit && read.getLast().seq() < position.seq();
        return new FeedPage(position, read, more);
    }

    /** Batches after this position reach the subscription. */
    @QueryHandler
    public FeedPosition handle(WatchLiveFeed query) {
        return live.watch(query.companyId());
    }
}
