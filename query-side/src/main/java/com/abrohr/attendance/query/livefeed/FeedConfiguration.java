package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.query.projection.ProjectionSettings;
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
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

/**
 * The engine of the live feed. Asks of the application what the features contribute, {@link
 * FeedMappings} and {@link BoardParts}, and {@link LogNotifications}.
 */
@Configuration(proxyBeanMethods = false)
@Import({BoardQueries.class, FeedEntryReader.class, FeedQueries.class, LiveFeed.class})
public class FeedConfiguration {
    static final String EXECUTOR = "liveFeedExecutor";
    private static final String TIMER = "liveFeedTimer";

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
        return new FeedLog(
                new JdbcTemplate(readers), new LogRowMapper(serializer, chain(upcasters)));
    }

    @Bean
    LogTail logTail(
            DataSource dataSource,
            @Qualifier("eventSerializer") Serializer serializer,
            ObjectProvider<EventUpcaster> upcasters) {
        var tail =
                new LogTail(
                        new JdbcTemplate(dataSource),
                        new LogRowMapper(serializer, chain(upcasters)));
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
    FollowedCompanies followedCompanies(
            QueryBus queryBus,
            CompanyReads reads,
            BoardParts parts,
            FeedLog feedLog,
            FeedEntryReader entries,
            FeedMappings mappings,
            Clock clock,
            @Qualifier(EXECUTOR) ExecutorService executor,
            @Qualifier(TIMER) ScheduledExecutorService timer) {
        var companies =
                new FollowedCompanies(
                        new FeedEmitter(queryBus.queryUpdateEmitter()),
                        followed ->
                                new CompanyLoader(
                                        followed, reads, parts, feedLog, entries, mappings, clock,
                                        executor, timer),
                        clock);
        timer.scheduleWithFixedDelay(
                () -> executor.execute(companies::emitTimedChanges), 1, 1, TimeUnit.SECONDS);
        return companies;
    }

    /** What this node's writer commits, before it is read from the log. */
    @Bean(destroyMethod = "cancel")
    Registration committedEventsSubscription(
            @Qualifier("committedEvents") SubscribableMessageSource<EventMessage<?>> committed,
            LiveFeed feed) {
        return committed.subscribe(feed::committed);
    }

    @Bean
    LiveFeedListener liveFeedListener(
            LogNotifications notifications,
            LiveFeed feed,
            FollowedCompanies companies,
            ProjectionSettings settings,
            @Qualifier(EXECUTOR) ExecutorService executor,
            @Qualifier(TIMER) ScheduledExecutorService timer) {
        var listener = new LiveFeedListener(feed, companies, executor, timer);
        notifications.subscribe(listener);
        long interval = settings.catchUpInterval().toNanos();
        timer.scheduleWithFixedDelay(
                () -> executor.execute(listener::checkLog),
                interval,
                interval,
                TimeUnit.NANOSECONDS);
        return listener;
    }
}
