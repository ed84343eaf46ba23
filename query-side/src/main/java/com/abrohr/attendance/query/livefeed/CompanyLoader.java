package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.query.board.StoredBoard;
import com.abrohr.attendance.query.board.StoredBoards;
import com.abrohr.attendance.query.read.CompanyReads;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads what a followed company needs, without the lock of {@link LiveFeed} and one read a company
 * at a time: its board from the read models, and the events that are missing from the log.
 */
final class CompanyLoader {

    private static final Logger log = LoggerFactory.getLogger(CompanyLoader.class);

    private static final int PAGE = 1000;

    /** Enough that the activity shown is full, although not every event is shown there. */
    private static final int EARLIER = 100;

    private static final long RETRY_MILLIS = 500;

    private final CompanyReads reads;
    private final StoredBoards boards;
    private final FeedLog feedLog;
    private final Clock clock;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private @Nullable LiveFeed feed;

    CompanyLoader(
            CompanyReads reads,
            StoredBoards boards,
            FeedLog feedLog,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer) {
        this.reads = reads;
        this.boards = boards;
        this.feedLog = feedLog;
        this.clock = clock;
        this.executor = executor;
        this.timer = timer;
    }

    void deliverTo(LiveFeed liveFeed) {
        feed = liveFeed;
    }

    private LiveFeed feed() {
        return Objects.requireNonNull(feed);
    }

    /** Loads the board, anew if need be. Called with the lock. */
    void load(FollowedCompany company) {
        if (company.reading) {
            company.reload = true;
            return;
        }
        company.reading = true;
        executor.execute(() -> loadNow(company));
    }

    /** Reads the events that are missing. Called with the lock. */
    void readOn(FollowedCompany company) {
        if (!company.reading) {
            company.reading = true;
            long after = company.last();
            executor.execute(() -> readNow(company, after));
        }
    }

    private void loadNow(FollowedCompany company) {
        String id = company.companyId();
        try {
            StoredBoard stored = boards.load(id);
            var loaded = new LiveBoard(id, stored, clock.instant());
            long head =
                    reads.in(
                            id,
                            () -> {
                                addActivity(id, loaded);
                                return feedLog.position(id).seq();
                            });
            done(
                    company,
                    () -> {
                        company.begin(loaded, head);
                        feed().take(id, List.of());
                    });
        } catch (RuntimeException | Error e) {
            failed(company, e, () -> load(company));
        }
    }

    private void addActivity(String companyId, LiveBoard board) {
        long seq = board.seq();
        for (LogRow row : feedLog.after(companyId, Math.max(0, seq - EARLIER), seq, EARLIER)) {
            FeedEntry entry = feedLog.entry(row);
            BoardActivity line = Activities.of(entry, board.nameOf(row.employeeId()));
            if (line != null) {
                board.remember(line);
            }
        }
    }

    private void readNow(FollowedCompany company, long after) {
        String id = company.companyId();
        try {
            List<LogRow> rows = reads.in(id, () -> feedLog.after(id, after, Long.MAX_VALUE, PAGE));
            done(company, () -> feed().take(id, rows));
        } catch (RuntimeException | Error e) {
            failed(company, e, () -> readOn(company));
        }
    }

    private void done(FollowedCompany company, Runnable result) {
        feed().change(
                        company,
                        () -> {
                            company.reading = false;
                            result.run();
                            if (company.reload && !company.reading) {
                                company.reload = false;
                                load(company);
                            }
                        });
    }

    private void failed(FollowedCompany company, Throwable failure, Runnable again) {
        log.warn("a followed company cannot be read yet: {}", failure.toString());
        timer.schedule(
                () ->
                        feed().change(
                                        company,
                                        () -> {
                                            company.reading = false;
                                            again.run();
                                        }),
                RETRY_MILLIS,
                TimeUnit.MILLISECONDS);
        if (failure instanceof Error error) {
            throw error;
        }
    }
}
