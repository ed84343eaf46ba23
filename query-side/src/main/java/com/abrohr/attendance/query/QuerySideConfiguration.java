package com.abrohr.attendance.query;

import com.abrohr.attendance.query.attendance.AttendanceReadsConfiguration;
import com.abrohr.attendance.query.board.BoardConfiguration;
import com.abrohr.attendance.query.leave.LeaveReadsConfiguration;
import com.abrohr.attendance.query.livefeed.FeedConfiguration;
import com.abrohr.attendance.query.projection.ProjectionConfiguration;
import com.abrohr.attendance.query.projection.ProjectionLag;
import com.abrohr.attendance.query.read.ReaderConfiguration;

import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The read side. Asks of the application: the primary DataSource (stream role), a bean {@code
 * readerDataSource} (reader role), a {@code Clock}, the event store, the serializers, {@link
 * com.abrohr.attendance.query.livefeed.DatabaseNotices}, and if it has one a bean {@code
 * committedEvents}, the source of what this node's writer committed.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProjectionSettings.class)
@Import({
    FeedConfiguration.class,
    ReaderConfiguration.class,
    LeaveReadsConfiguration.class,
    AttendanceReadsConfiguration.class,
    BoardConfiguration.class,
    ProjectionConfiguration.class
})
public class QuerySideConfiguration {

    /** Without Axon's transaction: each read opens its own, on the reader pool. */
    @Bean
    QueryBus queryBus(QueryUpdateEmitter queryUpdateEmitter) {
        return SimpleQueryBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .queryUpdateEmitter(queryUpdateEmitter)
                .build();
    }

    @Bean
    QuerySideHealth querySideHealth(
            EventProcessingConfiguration processing,
            ProjectionLag lag,
            ProjectionSettings settings) {
        return new QuerySideHealth(processing, lag, settings.maxLag());
    }
}
