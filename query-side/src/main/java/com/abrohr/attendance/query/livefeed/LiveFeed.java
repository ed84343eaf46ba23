package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.feed.FeedPosition;

import org.axonframework.eventhandling.EventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Follows the log for the companies that clients of this node watch, each in the order of its own
 * number, and emits what happens through Axon's query updates. It waits for no read model: what
 * this node's writer commits comes from memory, what others commit is read from the log.
 */
public final class LiveFeed {
    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

    private final FollowedCompanies companies;
    private final RemoteEventReader remoteEvents;
    private final LogTail tail;
    private volatile String epoch = "";

    LiveFeed(
            FollowedCompanies companies,
            LogTail tail,
            @Qualifier(FeedConfiguration.EXECUTOR) Executor executor) {
        this.companies = companies;
        this.tail = tail;
        this.remoteEvents = new RemoteEventReader(tail::between, executor, companies::take);
    }

    /** Takes what this node's writer has committed, in the order of the log. */
    void committed(List<? extends EventMessage<?>> batch) {
        long last = LogRow.indexOf(batch.getLast());
        if (companies.isEmpty()) {
            remoteEvents.skipTo(last);
            return;
        }
        remoteEvents.ownBatch(LogRow.indexOf(batch.getFirst()), last);
        List<LogRow> rows = new ArrayList<>(batch.size());
        for (EventMessage<?> message : batch) {
            rows.add(LogRow.of(message));
        }
        companies.take(rows);
    }

    /**
     * Follows a company, if it is not followed yet.
     *
     * @return the position after which a subscription of this node gets every batch
     * @throws IllegalStateException when its board could not be loaded in time
     */
    FeedPosition watch(String companyId) {
        companies.follow(companyId, currentEpoch()).awaitReady();
        return ask(companyId, company -> new FeedPosition(company.epoch(), company.last()));
    }

    private String currentEpoch() {
        String known = epoch;
        if (known.isEmpty()) {
            // Boards that are loaded from now on include what was written before.
            LogTail.Head head = tail.head();
            remoteEvents.skipTo(head.lastIndex());
            known = head.epoch();
            epoch = known;
        }
        return known;
    }

    /** Asks a company, which is followed if it was not yet. */
    <T> T ask(String companyId, Function<FollowedCompany, T> question) {
        for (int tries = 0; ; tries++) {
            Optional<T> answer = companies.ask(companyId, question);
            if (answer.isPresent()) {
                return answer.get();
            }
            if (tries > 0) {
                throw new IllegalStateException("a board could not be loaded");
            }
            watch(companyId);
        }
    }

    /** Some node has notified that the log has grown up to this index. */
    void appended(long globalIndex) {
        if (companies.isEmpty()) {
            remoteEvents.skipTo(globalIndex);
        } else {
            remoteEvents.appended(globalIndex);
        }
    }

    /** Checks the log without a notification, and forgets companies that nobody watches. */
    void checkLog() {
        // In this order: what is committed in between must not make the log look short.
        long covered = remoteEvents.covered();
        LogTail.Head head = tail.head();
        if (!epoch.isEmpty() && !epoch.equals(head.epoch())) {
            epochChanged();
        } else if (head.lastIndex() < covered) {
            tail.renewEpoch(head.epoch());
            epochChanged();
        }
        companies.unfollowUnwatched();
        appended(head.lastIndex());
    }

    private void epochChanged() {
        log.warn("the log was replaced or restored: every subscription starts again");
        companies.endAll(
                new EpochChanged(),
                () -> {
                    epoch = "";
                    remoteEvents.reset();
                });
    }
}
