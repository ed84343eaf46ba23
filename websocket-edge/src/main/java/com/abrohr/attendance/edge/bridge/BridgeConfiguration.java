package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.Rooms;

import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The bridge from the feed to the rooms. */
@Configuration(proxyBeanMethods = false)
public class BridgeConfiguration {
    /** Name of the edge's timer: short tasks only. */
    public static final String TIMER = "edgeTimer";

    private static final String FEEDS = "feedExecutor";

    @Bean
    Rooms attendanceRooms() {
        return new Rooms();
    }

    @Bean(name = TIMER, destroyMethod = "shutdownNow", defaultCandidate = false)
    ScheduledExecutorService edgeTimer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("edge-timer").daemon().factory());
    }

    @Bean(name = FEEDS, destroyMethod = "shutdownNow", defaultCandidate = false)
    ExecutorService feedExecutor() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("feed-", 0).factory());
    }

    @Bean
    BoundedQueries edgeQueries(QueryGateway queries, @Qualifier(FEEDS) ExecutorService executor) {
        return new BoundedQueries(queries, executor, BoundedQueries.TIMEOUT);
    }

    @Bean(destroyMethod = "close")
    CompanyFeeds companyFeeds(
            QueryGateway gateway,
            BoundedQueries queries,
            Rooms rooms,
            @Qualifier(FEEDS) ExecutorService executor,
            @Qualifier(TIMER) ScheduledExecutorService timer) {
        return new CompanyFeeds(
                new AxonFeedReader(gateway, queries),
                new RoomAudience(
                        rooms, new PresenceCountPublisher(queries, rooms, executor, timer)),
                executor,
                timer,
                CompanyFeeds.START_TIMEOUT);
    }

    @Bean
    FeedSubscriptions feedSubscriptions(CompanyFeeds feeds, Rooms rooms, Clock clock) {
        return new FeedSubscriptions(feeds, rooms, clock);
    }

    @Bean
    LiveDashboard liveDashboard(CompanyFeeds feeds, Rooms rooms) {
        return new LiveDashboard(feeds, rooms);
    }
}
