package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.query.ProjectionSettings;
import com.abrohr.attendance.query.board.StoredBoards;
import com.abrohr.attendance.query.read.CompanyReads;

import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.SubscribableMessageSource;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

@Configuration(proxyBeanMethods = false)
public class FeedConfiguration {

    private static final String EXECUTOR = "liveFeedExecutor";
    private static final String TIMER = "liveFeedTimer";

    @Bean
    NodeId nodeId() {
        return NodeId.random();
    }

    @Bean
    Arrivals arrivals() {
        return new Arrivals();
    }

    @Bean(name = EXECUTOR, destroyMethod = "shutdownNow", defaultCandidate = false)
    ExecutorService liveFeedExecutor() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("live-feed-", 0).factory());
    }

    @Bean(name = TIMER, destroyMethod = "shutdownNow", defaultCandidate = false)
    ScheduledExecutorService liveFeedTimer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("live-feed-timer").daemon().factory());
    }

    @Bean
    FeedLog feedLog(
            @Qualifier("readerDataSource") DataSource readers,
            @Qualifier("readerEventSerializer") Serializer serializer,
            ObjectProvider<EventUpcaster> upcasters) {
        return new FeedLog(new JdbcTemplate(readers), new LogRows(serializer, chain(upcasters)));
    }

    @Bean
    LogTail logTail(
            DataSource dataSource,
            @Qualifier("eventSerializer") Serializer serializer,
            ObjectProvider<EventUpcaster> upcasters) {
        var tail =
                new JdbcLogTail(
                        new JdbcTemplate(dataSource), new LogRows(serializer, chain(upcasters)));
        if (tail.renewEpochOfACopy()) {
            LoggerFactory.getLogger(FeedConfiguration.class)
                    .warn(
                            "this log was written by another PostgreSQL server: numbers given"
                                    + " before are no longer valid");
        }
        return tail;
    }

    private static EventUpcaster chain(ObjectProvider<EventUpcaster> upcasters) {
        return new EventUpcasterChain(upcasters.orderedStream().toList());
    }

    @Bean
    LiveFeed liveFeed(
            QueryBus queryBus,
            CompanyReads reads,
            StoredBoards boards,
            FeedLog feedLog,
            LogTail tail,
            Clock clock,
            @Qualifier(EXECUTOR) ExecutorService executor,
            @Qualifier(TIMER) ScheduledExecutorService timer) {
        var loader = new CompanyLoader(reads, boards, feedLog, clock, executor, timer);
        var feed =
                new LiveFeed(
                        new FeedEmitter(queryBus.queryUpdateEmitter()),
                        loader,
                        tail,
                        clock,
                        executor);
        timer.scheduleWithFixedDelay(() -> executor.execute(feed::tick), 1, 1, TimeUnit.SECONDS);
        return feed;
    }

    /** What this node's writer commits, past the log. */
    @Bean(destroyMethod = "cancel")
    Registration committedEventsSubscription(
            @Qualifier("committedEvents") SubscribableMessageSource<EventMessage<?>> committed,
            LiveFeed feed) {
        return committed.subscribe(feed::committed);
    }

    @Bean
    NoticeHearer noticeHearer(
            DatabaseNotices notices,
            LiveFeed feed,
            ProjectionSettings settings,
            @Qualifier(EXECUTOR) ExecutorService executor,
            @Qualifier(TIMER) ScheduledExecutorService timer) {
        var hearer = new NoticeHearer(feed, executor, timer);
        notices.tell(hearer);
        long interval = settings.catchUpInterval().toNanos();
        timer.scheduleWithFixedDelay(
                () -> executor.execute(hearer::look), interval, interval, TimeUnit.NANOSECONDS);
        return hearer;
    }

    @Bean
    FeedQueries feedQueries(CompanyReads reads, FeedLog feedLog, LiveFeed live) {
        return new FeedQueries(reads, feedLog, live);
    }

    @Bean
    BoardQueries boardQueries(LiveFeed feed, CompanyReads reads, FeedLog feedLog, Clock clock) {
        return new BoardQueries(feed, reads, feedLog, clock);
    }
}
