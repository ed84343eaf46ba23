package com.abrohr.attendance.query.board;

import com.abrohr.attendance.query.ProjectionSettings;
import com.abrohr.attendance.query.livefeed.Arrivals;
import com.abrohr.attendance.query.livefeed.FeedJson;
import com.abrohr.attendance.query.livefeed.FeedTable;
import com.abrohr.attendance.query.livefeed.LiveFeed;
import com.abrohr.attendance.query.livefeed.NodeId;
import com.abrohr.attendance.query.leave.LeaveQueries;
import com.abrohr.attendance.query.read.CompanyReads;

import org.axonframework.common.AxonThreadFactory;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.util.concurrent.Executors;

import javax.sql.DataSource;

/** The processing group {@value LiveBoardProjection#GROUP} and what it writes. */
@Configuration(proxyBeanMethods = false)
public class BoardConfiguration {

    /** Far above what anybody repairs by hand; a full queue would stop the group. */
    private static final int MAX_PARKED = 1_000_000;

    @Bean
    @Primary
    PlatformTransactionManager streamTransactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
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
                .schema(deadLetterSchema())
                .genericSerializer(serializer)
                .eventSerializer(eventSerializer)
                .maxSequences(MAX_PARKED)
                .maxSequenceSize(MAX_PARKED)
                .build();
    }

    private static DeadLetterSchema deadLetterSchema() {
        return DeadLetterSchema.builder()
                .deadLetterTable("dead_letter_entry")
                .deadLetterIdentifierColumn("dead_letter_id")
                .processingGroupColumn("processing_group")
                .sequenceIdentifierColumn("sequence_identifier")
                .sequenceIndexColumn("sequence_index")
                .messageTypeColumn("message_type")
                .eventIdentifierColumn("event_identifier")
                .timestampColumn("time_stamp")
                .payloadTypeColumn("payload_type")
                .payloadRevisionColumn("payload_revision")
                .payloadColumn("payload")
                .metaDataColumn("meta_data")
                .aggregateTypeColumn("aggregate_type")
                .aggregateIdentifierColumn("aggregate_identifier")
                .sequenceNumberColumn("sequence_number")
                .tokenTypeColumn("token_type")
                .tokenColumn("token")
                .enqueuedAtColumn("enqueued_at")
                .lastTouchedColumn("last_touched")
                .processingStartedColumn("processing_started")
                .causeTypeColumn("cause_type")
                .causeMessageColumn("cause_message")
                .diagnosticsColumn("diagnostics")
                .build();
    }

    @Bean
    BoardTables boardTables(FeedJson json) {
        return new BoardTables(json);
    }

    @Bean
    LiveBoardProjection liveBoardProjection(
            DataSource dataSource,
            BoardTables tables,
            SequencedDeadLetterQueue<EventMessage<?>> liveBoardDeadLetters,
            LiveFeed feed,
            BoardFaults faults) {
        return new LiveBoardProjection(
                new BoardWriter(dataSource, tables, liveBoardDeadLetters),
                new BoardReset(new JdbcTemplate(dataSource), liveBoardDeadLetters),
                new BoardTellings(feed),
                faults);
    }

    @Bean
    BoardFaults boardFaults(Clock clock) {
        return new BoardFaults(clock);
    }

    @Bean
    ParkedEvents parkedEvents(
            DataSource dataSource,
            @Qualifier("streamTransactionManager") PlatformTransactionManager transactions,
            BoardTables tables,
            SequencedDeadLetterQueue<EventMessage<?>> liveBoardDeadLetters,
            LiveFeed feed) {
        return new ParkedEvents(
                dataSource,
                new TransactionTemplate(transactions),
                tables,
                liveBoardDeadLetters,
                feed);
    }

    @Bean
    ConfigurerModule liveBoardProcessor(
            TokenStore tokenStore,
            TransactionManager axonTransactionManager,
            ProjectionSettings settings) {
        long claimStep = Math.max(200, settings.claimTimeout().toMillis() / 5);
        return configurer ->
                configurer.eventProcessing(
                        processing ->
                                processing
                                        .registerSequencingPolicy(
                                                LiveBoardProjection.GROUP, _ -> new CompanyPolicy())
                                        .registerListenerInvocationErrorHandler(
                                                LiveBoardProjection.GROUP,
                                                _ -> PropagatingErrorHandler.instance())
                                        .registerErrorHandler(
                                                LiveBoardProjection.GROUP,
                                                _ -> PropagatingErrorHandler.instance())
                                        .registerPooledStreamingEventProcessor(
                                                LiveBoardProjection.GROUP,
                                                org.axonframework.config.Configuration::eventStore,
                                                (_, processor) ->
                                                        processor
                                                                .tokenStore(tokenStore)
                                                                .transactionManager(
                                                                        axonTransactionManager)
                                                                .initialToken(
                                                                        StreamableMessageSource
                                                                                ::createTailToken)
                                                                .initialSegmentCount(
                                                                        settings.segments())
                                                                .batchSize(settings.batchSize())
                                                                .tokenClaimInterval(claimStep)
                                                                .claimExtensionThreshold(claimStep)
                                                                .workerExecutor(
                                                                        name ->
                                                                                Executors
                                                                                        .newScheduledThreadPool(
                                                                                                settings
                                                                                                        .segments(),
                                                                                                new AxonThreadFactory(
                                                                                                        "Worker - "
                                                                                                                + name)))));
    }

    @Bean
    PresenceQueries presenceQueries(CompanyReads reads, PresenceRows rows) {
        return new PresenceQueries(reads, rows);
    }

    @Bean
    EmployeeQueries employeeQueries(CompanyReads reads, PresenceRows rows) {
        return new EmployeeQueries(reads, rows);
    }

    @Bean
    SeenWrites seenWrites(
            CompanyReads reads,
            @Qualifier("readerDataSource") DataSource readerDataSource,
            Arrivals arrivals,
            ProjectionSettings settings) {
        return new SeenWrites(
                reads, new JdbcTemplate(readerDataSource), arrivals, settings.readPatience());
    }

    @Bean
    DashboardQueries dashboardQueries(
            CompanyReads reads,
            PresenceRows rows,
            LeaveQueries leave,
            FeedTable readerFeedTable,
            Clock clock) {
        return new DashboardQueries(reads, rows, leave, readerFeedTable, clock);
    }
}
