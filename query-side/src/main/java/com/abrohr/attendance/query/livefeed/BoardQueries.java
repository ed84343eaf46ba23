package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.feed.BoardChanges;
import com.abrohr.attendance.messages.feed.CountPresence;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.feed.GetBoardChanges;
import com.abrohr.attendance.messages.feed.GetDashboard;
import com.abrohr.attendance.messages.feed.PresenceCounts;
import com.abrohr.attendance.query.read.CompanyReads;

import org.axonframework.queryhandling.QueryHandler;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Answers about the live boards of this node, from memory. */
public final class BoardQueries {
    private static final int MAX_MISSED = 1_000;

    private final LiveFeed feed;
    private final CompanyReads reads;
    private final FeedLog feedLog;
    private final FeedEntryReader entries;
    private final Clock clock;

    BoardQueries(
            LiveFeed feed,
            CompanyReads reads,
            FeedLog feedLog,
            FeedEntryReader entries,
            Clock clock) {
        this.feed = feed;
        this.reads = reads;
        this.feedLog = feedLog;
        this.entries = entries;
        this.clock = clock;
    }

    @QueryHandler
    public DashboardView handle(GetDashboard query) {
        Instant now = clock.instant();
        return feed.ask(
                query.companyId(),
                company -> {
                    LiveBoard board = shown(company);
                    return new DashboardView(
                            position(company, board),
                            now,
                            board.counts(now),
                            board.rows(now),
                            board.pendingLeave(),
                            board.activity());
                });
    }

    @QueryHandler
    public PresenceCounts handle(CountPresence query) {
        Instant now = clock.instant();
        return feed.ask(
                query.companyId(),
                company -> {
                    LiveBoard board = shown(company);
                    return new PresenceCounts(position(company, board), now, board.counts(now));
                });
    }

    /**
     * @throws Refusal STALE_VERSION when only the whole board helps
     */
    @QueryHandler
    public BoardChanges handle(GetBoardChanges query) {
        String companyId = query.companyId();
        boolean covered =
                feed.ask(companyId, company -> company.decisions().coversSince(query.afterSeq()));
        List<String> read = covered ? List.of() : decidedAfter(companyId, query.afterSeq());
        Instant now = clock.instant();
        return feed.ask(
                companyId,
                company -> {
                    LiveBoard board = shown(company);
                    if (query.afterSeq() > board.seq()) {
                        throw stale();
                    }
                    List<String> decided = new ArrayList<>(read);
                    decided.addAll(company.decisions().after(query.afterSeq()));
                    return new BoardChanges(
                            position(company, board), board.since(query.afterSeq(), decided, now));
                });
    }

    private List<String> decidedAfter(String companyId, long seq) {
        return reads.in(
                companyId,
                () -> {
                    List<LogRow> rows = feedLog.after(companyId, seq, Long.MAX_VALUE, MAX_MISSED);
                    if (rows.size() == MAX_MISSED) {
                        throw stale();
                    }
                    return rows.stream()
                            .map(row -> entries.entry(row).update())
                            .filter(FeedUpdate.LeaveChanged.class::isInstance)
                            .map(update -> ((FeedUpdate.LeaveChanged) update).leave().id())
                            .toList();
                });
    }

    private static Refusal stale() {
        return new Refusal(
                RefusalCode.STALE_VERSION, "afterSeq", "Only the whole board helps; ask for it");
    }

    private static LiveBoard shown(FollowedCompany company) {
        return Objects.requireNonNull(company.shown(), "a followed company has a board");
    }

    private static FeedPosition position(FollowedCompany company, LiveBoard board) {
        return new FeedPosition(company.epoch(), board.seq());
    }
}
