package com.abrohr.attendance.query.projection;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.SubscribableMessageSource;
import org.axonframework.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;

import javax.sql.DataSource;

/** Axon's processor of the read models, and where its events come from. */
@Configuration(proxyBeanMethods = false)
class ProcessorConfiguration {
    private static final Logger log = LoggerFactory.getLogger(ProcessorConfiguration.class);
    private static final long SHORTEST_CLAIM_STEP_MILLIS = 200;

    /**
     * @param committedEvents what the writer of this node has committed; without it everything is
     *     read from the log
     */
    @Bean
    RecentEventSource recentEvents(
            EventStore eventStore,
            @Qualifier("committedEvents")
                    ObjectProvider<SubscribableMessageSource<EventMessage<?>>> committedEvents,
            ProjectionSettings settings) {
        var recent = new RecentEventSource(eventStore, settings.linger());
        committedEvents.ifAvailable(committed -> committed.subscribe(recent::committed));
        return recent;
    }

    @Bean
    ConfigurerModule projectionProcessor(
            TokenStore tokenStore,
            TransactionManager axonTransactionManager,
            RecentEventSource recentEvents,
            ProjectionSettings settings) {
        return configurer ->
                configurer.eventProcessing(
                        processing ->
                                processing
                                        .registerSequencingPolicy(
                                                ReadModelProjection.GROUP,
                                                _ -> ProcessorConfiguration::companyOf)
                                        .registerListenerInvocationErrorHandler(
                                                ReadModelProjection.GROUP,
                                                _ -> PropagatingErrorHandler.instance())
                                        .registerErrorHandler(
                                                ReadModelProjection.GROUP,
                                                _ -> ProcessorConfiguration::propagate)
                                        .registerPooledStreamingEventProcessor(
                                                ReadModelProjection.GROUP,
                                                _ -> recentEvents,
                                                (_, processor) ->
                                                        configured(
                                                                processor
                                                                        .tokenStore(tokenStore)
                                                                        .transactionManager(
                                                                                axonTransactionManager),
                                                                settings)));
    }

    /**
     * Events of a company are applied in the order of its numbers. A String, because every node
     * must come to the same segment.
     */
    private static String companyOf(EventMessage<?> event) {
        return PendingEvent.companyOf(event).orElseGet(event::getIdentifier);
    }

    /**
     * Every failure as an exception, because Axon's workers retry after those only: after an {@code
     * Error} a segment would stay claimed by a worker that is never scheduled again.
     */
    private static void propagate(ErrorContext context) throws Exception {
        if (context.error() instanceof Exception exception) {
            throw exception;
        }
        log.error("{} events cannot be projected", context.failedEvents().size(), context.error());
        throw FailureClassifier.unchecked(context.error());
    }

    private static PooledStreamingEventProcessor.Builder configured(
            PooledStreamingEventProcessor.Builder processor, ProjectionSettings settings) {
        long claimStep = claimStepMillis(settings);
        return processor
                .initialToken(StreamableMessageSource::createTailToken)
                .initialSegmentCount(settings.segments())
                .batchSize(settings.batchSize())
                .tokenClaimInterval(claimStep)
                .claimExtensionThreshold(claimStep)
                .coordinatorExecutor(ProjectionExecutor::ofCoordinator)
                .workerExecutor(name -> ProjectionExecutor.ofWorkers(settings.segments(), name));
    }

    /**
     * How often claims are extended and, with them, the tokens of segments that nothing happens in
     * are stored: often enough for readiness not to take them for late.
     */
    private static long claimStepMillis(ProjectionSettings settings) {
        return Math.max(
                SHORTEST_CLAIM_STEP_MILLIS,
                Math.min(settings.claimTimeout().toMillis() / 5, settings.maxLag().toMillis() / 5));
    }

    @Bean
    ProjectionLag projectionLag(DataSource dataSource, Serializer serializer) {
        return new ProjectionLag(new JdbcTemplate(dataSource), serializer);
    }

    @Bean(initMethod = "start")
    ProgressReport progressReport(ProjectionLag lag) {
        return new ProgressReport(lag, Duration.ofSeconds(5));
    }
}
