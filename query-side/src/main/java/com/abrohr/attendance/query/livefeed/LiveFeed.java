package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.WatchLiveFeed;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.query.board.BoardFold;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Follows the log for the companies that somebody on this node watches, each in the order of its
 * own number, and emits what happens through Axon's query updates. It waits for no read model: what
 * this node's writer commits comes from memory, what others commit is read from the log.
 */
public final class LiveFeed {

    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

    private static final Duration START_TIMEOUT = Duration.ofSeconds(5);

    private final QueryUpdateEmitter emitter;
    private final CompanyLoader loader;
    private final OtherNodes otherNodes;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, FollowedCompany> companies = new HashMap<>();
    private volatile String epoch = "";

    LiveFeed(
            QueryUpdateEmitter emitter,
            CompanyLoader loader,
            LogTail tail,
            Clock clock,
            Executor executor) {
        this.emitter = emitter;
        this.loader = loader;
        this.clock = clock;
        this.otherNodes = new OtherNodes(tail, executor, this::committedElsewhere);
        loader.deliverTo(this);
    }

    /** What this node's writer has committed: events in the order of the log. */
    void committed(List<? extends EventMessage<?>> batch) {
        List<LogRow> rows = new ArrayList<>(batch.size());
        for (EventMessage<?> message : batch) {
            rows.add(row(message));
        }
        otherNodes.ownBatch(rows.getFirst().globalIndex(), rows.getLast().globalIndex());
        route(rows);
    }

    private static LogRow row(EventMessage<?> message) {
        var event = (DomainEventMessage<?>) message;
        var payload = (DomainEvent) event.getPayload();
        return new LogRow(
                ((TrackedEventMessage<?>) message).trackingToken().position().orElseThrow(),
                payload.companyId(),
                Long.parseLong((String) event.getMetaData().get(MetadataKeys.COMPANY_SEQ)),
                payload.employeeId(),
                BoardFold.micros(event.getTimestamp()),
                event);
    }

    private void committedElsewhere(List<LogRow> rows) {
        route(rows);
    }

    private void route(List<LogRow> rows) {
        lock.lock();
        try {
            if (companies.isEmpty()) {
                return;
            }
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
                guarded(company, () -> announce(company.take(rows, clock.instant())));
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
            end(company.companyId()::equals, e);
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    private void announce(@Nullable FeedBatch batch) {
        if (batch != null) {
            emitter.emit(
                    WatchLiveFeed.class,
                    query -> query.companyId().equals(batch.companyId()),
                    batch);
        }
    }

    private void end(java.util.function.Predicate<String> company, Throwable cause) {
        emitter.completeExceptionally(
                WatchLiveFeed.class, query -> company.test(query.companyId()), cause);
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
        FeedPosition first = await(company);
        return ask(companyId, followed -> new FeedPosition(first.epoch(), followed.last()));
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

    private static FeedPosition await(FollowedCompany company) {
        try {
            return company.ready().get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a board was loaded", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a board could not be loaded", e);
        }
    }

    /** Asks a followed company, which is followed if it was not yet. */
    <T> T ask(String companyId, Function<FollowedCompany, T> question) {
        for (int tries = 0; ; tries++) {
            lock.lock();
            try {
                FollowedCompany company = companies.get(companyId);
                if (company != null && company.ready().isDone()) {
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
        lock.lock();
        try {
            if (companies.isEmpty()) {
                otherNodes.skipTo(globalIndex);
                return;
            }
        } finally {
            lock.unlock();
        }
        otherNodes.heard(globalIndex);
    }

    /** Looks at the log without having been woken, and lets go of companies nobody watches. */
    void look() {
        LogTail.Head head = otherNodes.head();
        if (!epoch.isEmpty() && !epoch.equals(head.epoch())) {
            epochChanged();
        } else if (otherNodes.isShorterThanSeen(head)) {
            otherNodes.renewEpoch(head);
            epochChanged();
        }
        letGo(watchedCompanies());
        heard(head.lastIndex());
    }

    private void epochChanged() {
        log.warn("the log is not the one that it was: every subscription starts again");
        lock.lock();
        try {
            epoch = "";
            companies.clear();
            otherNodes.startAgain();
            end(_ -> true, new EpochChanged());
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
                            company ->
                                    company.ready().isDone()
                                            && !watched.contains(company.companyId()));
        } finally {
            lock.unlock();
        }
    }

    private Set<String> watchedCompanies() {
        Set<String> watched = new HashSet<>();
        for (var subscription : emitter.activeSubscriptions()) {
            if (subscription.getPayload() instanceof WatchLiveFeed query) {
                watched.add(query.companyId());
            }
        }
        return watched;
    }

    /** Announces tiles that change by themselves: at midnight, and when leave begins or ends. */
    void tick() {
        lock.lock();
        try {
            for (FollowedCompany company : List.copyOf(companies.values())) {
                guarded(company, () -> announce(company.changedByTheClock(clock.instant())));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends subscriptions when the epoch changed: subscribe again for the new position. */
    static final class EpochChanged extends RuntimeException {

        private static final long serialVersionUID = 1L;

        EpochChanged() {
            super("the epoch changed", null, false, false);
        }
    }
}
