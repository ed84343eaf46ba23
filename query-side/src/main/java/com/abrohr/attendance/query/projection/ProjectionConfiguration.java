package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.ProjectionSettings;
import com.abrohr.attendance.query.livefeed.Arrivals;
import com.abrohr.attendance.query.livefeed.NodeId;
import com.abrohr.attendance.query.read.CompanyReads;

import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;

import javax.sql.DataSource;

/** What the processing group {@value LiveBoardProjection#GROUP} writes, and with what. */
@Configuration(proxyBeanMethods = false)
@Import(ProcessorConfiguration.class)
public class ProjectionConfiguration {

    /** Far above what anybody repairs by hand; a full queue would stop the group. */
    private static final int MAX_PARKED = 1_000_000;

    @Bean
    @Primary
    PlatformTransactionManager streamTransactionManager(
            DataSource dataSource, ProjectionSettings settings) {
        return new BoundedTransactionManager(dataSource, settings.claimTimeout());
    }

    @Bean
    TransactionManager axonTransactionManager(
            @Qualifier("streamTransactionManager") PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    ConnectionProvider streamConnectionProvider(DataSource dataSource) {
        return new SpringDataSourceConnectionProvider(dataSource);
    }

    @Bean
    TokenStore tokenStore(
            ConnectionProvider streamConnectionProvider,
            Serializer serializer,
            NodeId node,
            ProjectionSettings settings) {
        return JdbcTokenStore.builder()
                .connectionProvider(streamConnectionProvider)
                .schema(
                        TokenSchema.builder()
                                .setTokenTable("token_entry")
                                .setProcessorNameColumn("processor_name")
                                .setTokenTypeColumn("token_type")
                                .build())
                .serializer(serializer)
                .nodeId(node.value())
                .claimTimeout(settings.claimTimeout())
                .build();
    }

    @Bean
    SequencedDeadLetterQueue<EventMessage<?>> liveBoardDeadLetters(
            ConnectionProvider streamConnectionProvider,
            TransactionManager axonTransactionManager,
            Serializer serializer,
            @Qualifier("eventSerializer") Serializer eventSerializer) {
        return JdbcSequencedDeadLetterQueue.<EventMessage<?>>builder()
                .processingGroup(LiveBoardProjection.GROUP)
                .connectionProvider(streamConnectionProvider)
                .transactionManager(axonTransactionManager)
                .schema(DeadLetterTable.schema())
                .genericSerializer(serializer)
                .eventSerializer(eventSerializer)
                .maxSequences(MAX_PARKED)
                .maxSequenceSize(MAX_PARKED)
                .build();
    }

    @Bean
    DeadLetterQueue deadLetterQueue(
            SequencedDeadLetterQueue<EventMessage<?>> liveBoardDeadLetters) {
        return new DeadLetterQueue(liveBoardDeadLetters);
    }

    @Bean
    ReadModelTables readModelTables() {
        return new ReadModelTables();
    }

    @Bean
    ProjectedPositions projectedPositions(Arrivals arrivals) {
        return new ProjectedPositions(arrivals);
    }

    @Bean
    LiveBoardProjection liveBoardProjection(
            DataSource dataSource,
            ReadModelTables tables,
            DeadLetterQueue deadLetterQueue,
            ProjectedPositions positions,
            Clock clock) {
        return new LiveBoardProjection(
                new ReadModelWriter(dataSource, tables, deadLetterQueue, clock),
                new ReadModelReset(new JdbcTemplate(dataSource), deadLetterQueue),
                positions);
    }

    @Bean
    DeadLetters deadLetters(
            DataSource dataSource,
            @Qualifier("streamTransactionManager") PlatformTransactionManager transactions,
            ReadModelTables tables,
            DeadLetterQueue deadLetterQueue,
            EventStore eventStore,
            Clock clock) {
        return new DeadLetters(
                dataSource,
                new TransactionTemplate(transactions),
                tables,
                deadLetterQueue,
                eventStore,
                clock);
    }

    @Bean
    ReadYourWrites readYourWrites(
            CompanyReads reads,
            @Qualifier("readerDataSource") DataSource readerDataSource,
            Arrivals arrivals,
            ProjectedPositions positions,
            RecentEventSource recentEvents,
            ProjectionSettings settings) {
        return new ReadYourWrites(
                reads,
                new JdbcTemplate(readerDataSource),
                arrivals,
                positions,
                recentEvents,
                settings.readPatience());
    }
}
