package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.feed.FeedPosition;

import org.axonframework.eventhandling.EventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Follows the log for the companies that somebody on this node watches, each in the order of its
 * own number, and emits what happens through Axon's query updates. It waits for no read model: what
 * this node's writer commits comes from memory, what others commit is read from the log.
 */
public final class LiveFeed {

    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

    private final FeedEmitter emitter;
    private final CompanyLoader loader;
    private final OtherNodes otherNodes;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, FollowedCompany> companies = new HashMap<>();
    private volatile String epoch = "";

    LiveFeed(
            FeedEmitter emitter,
            CompanyLoader loader,
            LogTail tail,
            Clock clock,
            Executor executor) {
        this.emitter = emitter;
        this.loader = loader;
        this.clock = clock;
        this.otherNodes = new OtherNodes(tail, executor, this::route);
        loader.deliverTo(this);
    }

    /** What this node's writer has committed: events in the order of the log. */
    void committed(List<? extends EventMessage<?>> batch) {
        long last = LogRow.placeOf(batch.getLast());
        if (isNobodyWatching()) {
            otherNodes.skipTo(last);
            return;
        }
        otherNodes.ownBatch(LogRow.placeOf(batch.getFirst()), last);
        List<LogRow> rows = new ArrayList<>(batch.size());
        for (EventMessage<?> message : batch) {
            rows.add(LogRow.of(message));
        }
        route(rows);
    }

    private boolean isNobodyWatching() {
        lock.lock();
        try {
            return companies.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void route(List<LogRow> rows) {
        lock.lock();
        try {
            Map<String, List<LogRow>> byCompany = new HashMap<>();
            for (LogRow row : rows) {
                if (companies.containsKey(row.companyId())) {
                    byCompany.computeIfAbsent(row.companyId(), _ -> new ArrayList<>()).add(row);
                }
            }
            byCompany.forEach(this::take);
        } finally {
            lock.unlock();
        }
    }

    /** Events of one company, read or heard. */
    void take(String companyId, List<LogRow> rows) {
        lock.lock();
        try {
            FollowedCompany company = companies.get(companyId);
            if (company != null) {
                guarded(company, () -> emitter.emit(company.take(rows, clock.instant())));
                if (company.hasGap()) {
                    loader.readOn(company);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whatever goes wrong for one company must not silence it: its subscriptions end, and whoever
     * subscribes again is given a fresh start.
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

    /**
     * Follows a company, if that is not done yet.
     *
     * @return the position from which a subscription of this node hears everything
     * @throws IllegalStateException when its board could not be loaded in time
     */
    FeedPosition watch(String companyId) {
        String known = knownEpoch();
        FollowedCompany company;
        lock.lock();
        try {
            FollowedCompany present = companies.get(companyId);
            if (present == null) {
                present = new FollowedCompany(companyId, known);
                companies.put(companyId, present);
                loader.load(present);
            }
            company = present;
        } finally {
            lock.unlock();
        }
        company.awaitReady();
        return ask(companyId, followed -> new FeedPosition(followed.epoch(), followed.last()));
    }

    private String knownEpoch() {
        String known = epoch;
        if (known.isEmpty()) {
            // What was written before is in every board that is loaded from now on.
            LogTail.Head head = otherNodes.head();
            otherNodes.skipTo(head.lastIndex());
            known = head.epoch();
            epoch = known;
        }
        return known;
    }

    /** Asks a followed company, which is followed if it was not yet. */
    <T> T ask(String companyId, Function<FollowedCompany, T> question) {
        for (int tries = 0; ; tries++) {
            lock.lock();
            try {
                FollowedCompany company = companies.get(companyId);
                if (company != null && company.isReady()) {
                    return question.apply(company);
                }
            } finally {
                lock.unlock();
            }
            if (tries > 0) {
                throw new IllegalStateException("a board could not be loaded");
            }
            watch(companyId);
        }
    }

    /** Runs a change of a company that was prepared without the lock. */
    void change(FollowedCompany company, Runnable change) {
        lock.lock();
        try {
            if (companies.get(company.companyId()) == company) {
                guarded(company, change);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The read models of a company were repaired, or cannot say where somebody stands. */
    void repaired(String companyId) {
        lock.lock();
        try {
            FollowedCompany company = companies.get(companyId);
            if (company != null) {
                loader.load(company);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Some node says that the log has grown up to a place. */
    void heard(long globalIndex) {
        if (isNobodyWatching()) {
            otherNodes.skipTo(globalIndex);
        } else {
            otherNodes.heard(globalIndex);
        }
    }

    /** Looks at the log without having been woken, and lets go of companies nobody watches. */
    void look() {
        // In this order: what is committed in between must not make the log look short.
        long seen = otherNodes.covered();
        LogTail.Head head = otherNodes.head();
        if (!epoch.isEmpty() && !epoch.equals(head.epoch())) {
            epochChanged();
        } else if (head.lastIndex() < seen) {
            otherNodes.renewEpoch(head);
            epochChanged();
        }
        letGo(emitter.watchedCompanies());
        heard(head.lastIndex());
    }

    private void epochChanged() {
        log.warn("the log is not the one that it was: every subscription starts again");
        lock.lock();
        try {
            epoch = "";
            companies.clear();
            otherNodes.startAgain();
            emitter.endAll(new EpochChanged());
        } finally {
            lock.unlock();
        }
    }

    private void letGo(Set<String> watched) {
        lock.lock();
        try {
            companies
                    .values()
                    .removeIf(
                            company -> company.isReady() && !watched.contains(company.companyId()));
        } finally {
            lock.unlock();
        }
    }

    /** Announces tiles that change by themselves: at midnight, and when leave begins or ends. */
    void tick() {
        lock.lock();
        try {
            for (FollowedCompany company : List.copyOf(companies.values())) {
                guarded(company, () -> emitter.emit(company.changedByTheClock(clock.instant())));
            }
        } finally {
            lock.unlock();
        }
    }
}
