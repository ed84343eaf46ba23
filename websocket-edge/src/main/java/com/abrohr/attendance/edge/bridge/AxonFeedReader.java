package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.messages.feed.WatchLiveFeed;

import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The feed through Axon's query bus: one subscription query per watch. */
final class AxonFeedReader implements FeedReader {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final QueryGateway queries;
    private final Executor executor;

    AxonFeedReader(QueryGateway queries, Executor executor) {
        this.queries = queries;
        this.executor = executor;
    }

    @Override
    public Watch watch(String companyId, Consumer<FeedBatch> updates, Runnable broken) {
        SubscriptionQueryResult<FeedPosition, FeedBatch> subscription =
                queries.subscriptionQuery(
                        new WatchLiveFeed(companyId), FeedPosition.class, FeedBatch.class);
        // Subscribed before the position is read: what is emitted in between is heard, not missed.
        var heard = subscription.updates().subscribe(updates, failure -> broken.run(), broken);
        Runnable cancel =
                () -> {
                    heard.dispose();
                    subscription.cancel();
                };
        try {
            FeedPosition position = subscription.initialResult().block(PATIENCE);
            if (position == null) {
                throw new IllegalStateException("the feed has no position");
            }
            return new Watch(position, cancel);
        } catch (RuntimeException e) {
            cancel.run();
            throw e;
        }
    }

    @Override
    public FeedPage read(String companyId, @Nullable String employeeId, long afterSeq) {
        // On a thread of its own: the bus answers on the thread that asks, and would not let it go.
        return CompletableFuture.supplyAsync(
                        () ->
                                queries.query(
                                                new GetFeed(companyId, afterSeq, LIMIT, employeeId),
                                                FeedPage.class)
                                        .join(),
                        executor)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
