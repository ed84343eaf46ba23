package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.BoardChanges;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.GetBoardChanges;
import com.abrohr.attendance.messages.feed.GetDashboard;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.messages.feed.WatchLiveFeed;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Sinks;

import java.util.function.Consumer;

/** The feed through Axon's query bus: one subscription query per watch. */
final class AxonFeedReader implements FeedReader {
    private static final Logger log = LoggerFactory.getLogger(AxonFeedReader.class);

    /** The bus buffers updates until somebody subscribes, which happens at once here. */
    private static final int UPDATES_KEPT = 1;

    private final QueryGateway gateway;
    private final BoundedQueries queries;

    AxonFeedReader(QueryGateway gateway, BoundedQueries queries) {
        this.gateway = gateway;
        this.queries = queries;
    }

    @Override
    public Watch watch(String companyId, Consumer<FeedBatch> updates, Runnable broken) {
        SubscriptionQueryResult<FeedPosition, FeedBatch> subscription =
                gateway.subscriptionQuery(
                        WatchLiveFeed.class.getName(),
                        new WatchLiveFeed(companyId),
                        ResponseTypes.instanceOf(FeedPosition.class),
                        ResponseTypes.instanceOf(FeedBatch.class),
                        UPDATES_KEPT);
        // Subscribed before the position is read, so that nothing in between is missed.
        var received = subscription.updates().subscribe(updates, failure -> broken.run(), broken);
        Runnable cancel =
                () -> {
                    received.dispose();
                    cancel(subscription);
                };
        try {
            FeedPosition position =
                    queries.await(() -> subscription.initialResult().blockOptional().orElseThrow());
            return new Watch(position, cancel);
        } catch (RuntimeException | Error e) {
            cancel.run();
            throw e;
        }
    }

    /** Axon throws where the other side has ended the subscription before. */
    private static void cancel(SubscriptionQueryResult<?, ?> subscription) {
        try {
            subscription.cancel();
        } catch (Sinks.EmissionException e) {
            log.debug("the subscription had ended", e);
        }
    }

    @Override
    public FeedPage read(String companyId, @Nullable String employeeId, long afterSeq) {
        return queries.ask(new GetFeed(companyId, afterSeq, LIMIT, employeeId), FeedPage.class);
    }

    @Override
    public BoardChanges boardChanges(String companyId, long afterSeq) {
        return queries.ask(new GetBoardChanges(companyId, afterSeq), BoardChanges.class);
    }

    @Override
    public DashboardView board(String companyId) {
        return queries.ask(new GetDashboard(companyId), DashboardView.class);
    }
}
