package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.WatchLiveFeed;

import org.axonframework.queryhandling.QueryUpdateEmitter;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Emits each company's entries to the subscriptions of this node, in the order of their numbers and
 * without gaps: what another node wrote is read from the table first. Called after commits only.
 */
public class LiveFeed {

    private static final int PAGE = 1000;
    private static final long UNKNOWN = -1;

    private final QueryUpdateEmitter emitter;
    private final FeedTable table;
    private final FeedNotices notices;
    private final Arrivals arrivals;
    private final Map<String, Watched> companies = new ConcurrentHashMap<>();

    LiveFeed(QueryUpdateEmitter emitter, FeedTable table, FeedNotices notices, Arrivals arrivals) {
        this.emitter = emitter;
        this.table = table;
        this.notices = notices;
        this.arrivals = arrivals;
    }

    /** What was emitted last of a company that somebody on this node watches. */
    private static final class Watched {
        private final ReentrantLock lock = new ReentrantLock();
        private long last = UNKNOWN;
    }

    /** This node wrote these entries, and they are committed. */
    public void committed(String companyId, List<FeedEntry> entries) {
        notices.grown(companyId);
        arrivals.grown(companyId);
        if (!isWatched(companyId)) {
            companies.remove(companyId);
            return;
        }
        Watched watched = watched(companyId);
        watched.lock.lock();
        try {
            if (watched.last != UNKNOWN && entries.getFirst().seq() > watched.last + 1) {
                emitFromTable(companyId, watched);
            }
            emit(companyId, watched, entries);
        } finally {
            watched.lock.unlock();
        }
    }

    /** A replay reached the number that the feed had before it: whoever is behind sees a gap. */
    public void rebuilt(String companyId, FeedEntry last) {
        notices.grown(companyId);
        emit(new FeedBatch(companyId, List.of(last)));
    }

    /** Numbers changed their meaning: every subscription ends, and starts again in a new epoch. */
    public void numberedAnew() {
        table.changeEpoch();
        notices.numberedAnew();
        endSubscriptions();
    }

    void endSubscriptions() {
        companies.clear();
        emitter.completeExceptionally(WatchLiveFeed.class, _ -> true, new FeedNumberedAnew());
    }

    /** There may be entries that this node did not write. */
    void catchUp(String companyId) {
        arrivals.grown(companyId);
        if (!isWatched(companyId)) {
            companies.remove(companyId);
            return;
        }
        Watched watched = watched(companyId);
        watched.lock.lock();
        try {
            emitFromTable(companyId, watched);
        } finally {
            watched.lock.unlock();
        }
    }

    void catchUpAll() {
        Set<String> watchedNow = watchedCompanies();
        companies.keySet().retainAll(watchedNow);
        watchedNow.forEach(this::catchUp);
    }

    /** The position from which a subscription of this node hears everything. */
    FeedPosition watch(String companyId) {
        FeedPosition position = table.position(companyId);
        Watched watched = watched(companyId);
        watched.lock.lock();
        try {
            if (watched.last == UNKNOWN) {
                watched.last = position.seq();
            }
        } finally {
            watched.lock.unlock();
        }
        return position;
    }

    private void emitFromTable(String companyId, Watched watched) {
        if (watched.last == UNKNOWN) {
            // Nobody was given a position yet; whoever subscribes now is given the newest.
            return;
        }
        List<FeedEntry> page;
        do {
            page = table.after(companyId, watched.last, PAGE);
            emit(companyId, watched, page);
        } while (page.size() == PAGE);
    }

    private void emit(String companyId, Watched watched, List<FeedEntry> entries) {
        long last = watched.last;
        List<FeedEntry> fresh =
                entries.isEmpty() || entries.getFirst().seq() > last
                        ? entries
                        : entries.stream().filter(entry -> entry.seq() > last).toList();
        if (!fresh.isEmpty()) {
            watched.last = fresh.getLast().seq();
            emit(new FeedBatch(companyId, fresh));
        }
    }

    private void emit(FeedBatch batch) {
        emitter.emit(
                WatchLiveFeed.class, query -> query.companyId().equals(batch.companyId()), batch);
    }

    private Watched watched(String companyId) {
        return companies.computeIfAbsent(companyId, _ -> new Watched());
    }

    private boolean isWatched(String companyId) {
        return watchedCompanies().contains(companyId);
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
}
