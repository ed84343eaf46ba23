package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.WatchLiveFeed;

import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/** The subscriptions of this node, of which there is at most one a company. */
final class FeedEmitter {
    private final QueryUpdateEmitter updates;

    FeedEmitter(QueryUpdateEmitter updates) {
        this.updates = updates;
    }

    /**
     * @param batch null for nothing
     */
    void emit(@Nullable FeedBatch batch) {
        if (batch != null) {
            updates.emit(
                    WatchLiveFeed.class,
                    query -> query.companyId().equals(batch.companyId()),
                    batch);
        }
    }

    /** Ends the subscriptions of a company; whoever subscribes again starts with a new board. */
    void end(String companyId, Throwable cause) {
        updates.completeExceptionally(
                WatchLiveFeed.class, query -> query.companyId().equals(companyId), cause);
    }

    void endAll(Throwable cause) {
        updates.completeExceptionally(WatchLiveFeed.class, _ -> true, cause);
    }

    Set<String> watchedCompanies() {
        Set<String> watched = new HashSet<>();
        for (var subscription : updates.activeSubscriptions()) {
            if (subscription.getPayload() instanceof WatchLiveFeed query) {
                watched.add(query.companyId());
            }
        }
        return watched;
    }
}
