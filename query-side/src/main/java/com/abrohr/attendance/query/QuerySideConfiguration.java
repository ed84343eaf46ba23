package com.abrohr.attendance.query;

import com.abrohr.attendance.query.attendance.AttendanceReadsConfiguration;
import com.abrohr.attendance.query.board.BoardConfiguration;
import com.abrohr.attendance.query.board.BoardFaults;
import com.abrohr.attendance.query.livefeed.FeedConfiguration;
import com.abrohr.attendance.query.leave.LeaveReadsConfiguration;
import com.abrohr.attendance.query.read.ReaderConfiguration;

import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The read side. Asks of the application: the primary DataSource (stream role), a bean {@code
 * readerDataSource} (reader role), a {@code Clock}, the event store, the serializers, and {@link
 * com.abrohr.attendance.query.livefeed.DedicatedConnections}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProjectionSettings.class)
@Import({
    FeedConfiguration.class,
    ReaderConfiguration.class,
    LeaveReadsConfiguration.class,
    AttendanceReadsConfiguration.class,
    BoardConfiguration.class
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
            EventStore eventStore,
            BoardFaults faults,
            ProjectionSettings settings) {
        return new QuerySideHealth(processing, eventStore, faults, settings.maxLag());
    }
}
