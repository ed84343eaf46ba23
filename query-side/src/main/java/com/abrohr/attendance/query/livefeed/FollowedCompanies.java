package com.abrohr.attendance.query.livefeed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The companies that clients of this node watch, behind one lock, and what they emit. */
final class FollowedCompanies {
    private static final Logger log = LoggerFactory.getLogger(FollowedCompanies.class);

    private final FeedEmitter emitter;
    private final CompanyLoader loader;
    private final Clock clock;
    private final Map<String, FollowedCompany> companies = new HashMap<>();

    /**
     * @param loader makes the loader of these companies
     */
    FollowedCompanies(
            FeedEmitter emitter, Function<FollowedCompanies, CompanyLoader> loader, Clock clock) {
        this.emitter = emitter;
        this.clock = clock;
        this.loader = loader.apply(this);
    }

    synchronized boolean isEmpty() {
        return companies.isEmpty();
    }

    /** The company, whose board is loaded if it was not followed yet. */
    synchronized FollowedCompany follow(String companyId, String epoch) {
        FollowedCompany company = companies.get(companyId);
        if (company == null) {
            company = new FollowedCompany(companyId, epoch);
            companies.put(companyId, company);
            loader.load(company);
        }
        return company;
    }

    /** Asks a company; empty unless it is followed and ready. */
    synchronized <T> Optional<T> ask(String companyId, Function<FollowedCompany, T> question) {
        FollowedCompany company = companies.get(companyId);
        return company != null && company.isReady()
                ? Optional.of(question.apply(company))
                : Optional.empty();
    }

    /** Events of any companies, in the order of the log. */
    synchronized void take(List<LogRow> rows) {
        Map<String, List<LogRow>> byCompany = new HashMap<>();
        for (LogRow row : rows) {
            if (companies.containsKey(row.companyId())) {
                byCompany.computeIfAbsent(row.companyId(), _ -> new ArrayList<>()).add(row);
            }
        }
        byCompany.forEach(this::take);
    }

    /** Events of one company. */
    synchronized void take(String companyId, List<LogRow> rows) {
        FollowedCompany company = companies.get(companyId);
        if (company != null) {
            guarded(company, () -> emitter.emit(company.take(rows, clock.instant())));
            if (company.hasGap()) {
                loader.readMissing(company);
            }
        }
    }

    /** Runs a change of a company that was prepared without the lock. */
    synchronized void change(FollowedCompany company, Runnable change) {
        if (companies.get(company.companyId()) == company) {
            guarded(company, change);
        }
    }

    /**
     * A failure of one company must not silence it: its subscriptions end, and whoever subscribes
     * again starts with a new board.
     */
    private void guarded(FollowedCompany company, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            log.error("the live feed of a company starts again", e);
            companies.remove(company.companyId(), company);
            emitter.end(company.companyId(), e);
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    /** Loads the board of a company again, if it is followed. */
    synchronized void reload(String companyId) {
        FollowedCompany company = companies.get(companyId);
        if (company != null) {
            loader.load(company);
        }
    }

    /** Emits tiles that change with time: at midnight, when leave begins or ends. */
    synchronized void emitTimedChanges() {
        for (FollowedCompany company : List.copyOf(companies.values())) {
            guarded(company, () -> emitter.emit(company.changedByTime(clock.instant())));
        }
    }

    /** Forgets companies without a subscription. */
    synchronized void unfollowUnwatched() {
        Set<String> watched = emitter.watchedCompanies();
        companies
                .values()
                .removeIf(company -> company.isReady() && !watched.contains(company.companyId()));
    }

    /**
     * Forgets all companies and ends all subscriptions.
     *
     * @param reset run before anybody can follow a company again
     */
    synchronized void endAll(Throwable cause, Runnable reset) {
        companies.clear();
        reset.run();
        emitter.endAll(cause);
    }
}
