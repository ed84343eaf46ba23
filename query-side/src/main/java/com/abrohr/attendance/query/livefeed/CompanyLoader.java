package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.query.read.CompanyReads;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads what a followed company needs, without the lock of {@link FollowedCompanies} and one read
 * per company at a time: its board from the read models, and missing events from the log.
 */
final class CompanyLoader {
    private static final Logger log = LoggerFactory.getLogger(CompanyLoader.class);

    private static final int PAGE = 1000;

    /** Enough to fill the activity, although not every event makes a line. */
    private static final int EARLIER = 100;

    private static final long RETRY_MILLIS = 500;

    private final FollowedCompanies companies;
    private final CompanyReads reads;
    private final BoardParts parts;
    private final FeedLog feedLog;
    private final FeedEntryReader entries;
    private final FeedMappings mappings;
    private final Clock clock;
    private final Executor executor;
    private final ScheduledExecutorService timer;

    CompanyLoader(
            FollowedCompanies companies,
            CompanyReads reads,
            BoardParts parts,
            FeedLog feedLog,
            FeedEntryReader entries,
            FeedMappings mappings,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer) {
        this.companies = companies;
        this.reads = reads;
        this.parts = parts;
        this.feedLog = feedLog;
        this.entries = entries;
        this.mappings = mappings;
        this.clock = clock;
        this.executor = executor;
        this.timer = timer;
    }

    /** Loads the board, again if it was loaded before. Called with the lock. */
    void load(FollowedCompany company) {
        if (company.reading) {
            company.reload = true;
            return;
        }
        company.reading = true;
        executor.execute(() -> loadNow(company));
    }

    /** Reads the missing events. Called with the lock. */
    void readMissing(FollowedCompany company) {
        if (!company.reading) {
            company.reading = true;
            long after = company.last();
            executor.execute(() -> readNow(company, after));
        }
    }

    private void loadNow(FollowedCompany company) {
        String id = company.companyId();
        try {
            Runnable begin =
                    reads.in(
                            id,
                            feedLog.position(id),
                            head -> {
                                LiveBoard board = board(id);
                                return () -> company.begin(board, head.seq());
                            });
            done(
                    company,
                    () -> {
                        begin.run();
                        companies.take(id, List.of());
                    });
        } catch (RuntimeException | Error e) {
            failed(company, e, () -> load(company));
        }
    }

    private LiveBoard board(String id) {
        long seq = reads.position(id);
        var board =
                new LiveBoard(
                        id,
                        seq,
                        parts.tiles().apply(id, clock.instant()),
                        parts.inbox().apply(id),
                        mappings);
        feedLog.after(id, Math.max(0, seq - EARLIER), seq, EARLIER)
                .forEach(row -> board.addActivity(entries.entry(row)));
        return board;
    }

    private void readNow(FollowedCompany company, long after) {
        String id = company.companyId();
        try {
            List<LogRow> rows = reads.in(id, () -> feedLog.after(id, after, Long.MAX_VALUE, PAGE));
            done(company, () -> companies.take(id, rows));
        } catch (RuntimeException | Error e) {
            failed(company, e, () -> readMissing(company));
        }
    }

    private void done(FollowedCompany company, Runnable result) {
        companies.change(
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
                        companies.change(
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
