package com.abrohr.attendance.query.projection;

import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.PlatformTransactionManager;

import java.util.UUID;

import javax.sql.DataSource;

/** The engine that writes {@link ReadModels}, which it asks of the application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProjectionSettings.class)
@Import({
    BatchRepository.class,
    DeadLetters.class,
    ProcessorConfiguration.class,
    ProjectedPositions.class,
    ReadModelProjection.class,
    ReadModelWriter.class,
    ReadYourWrites.class
})
public class ProjectionConfiguration {
    /** Far above what anybody repairs by hand; a full queue would stop the group. */
    private static final int MAX_DEAD_LETTERS = 1_000_000;

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
                .nodeId(UUID.randomUUID().toString())
                .claimTimeout(settings.claimTimeout())
                .build();
    }

    @Bean
    DeadLetterQueue deadLetterQueue(
            ConnectionProvider streamConnectionProvider,
            TransactionManager axonTransactionManager,
            Serializer serializer,
            @Qualifier("eventSerializer") Serializer eventSerializer) {
        return new DeadLetterQueue(
                JdbcSequencedDeadLetterQueue.<EventMessage<?>>builder()
                        .processingGroup(ReadModelProjection.GROUP)
                        .connectionProvider(streamConnectionProvider)
                        .transactionManager(axonTransactionManager)
                        .schema(DeadLetterQueue.SCHEMA)
                        .genericSerializer(serializer)
                        .eventSerializer(eventSerializer)
                        .maxSequences(MAX_DEAD_LETTERS)
                        .maxSequenceSize(MAX_DEAD_LETTERS)
                        .build());
    }

    @Bean
    QuerySideHealth querySideHealth(
            EventProcessingConfiguration processing,
            ProjectionLag lag,
            ProjectionSettings settings) {
        return new QuerySideHealth(processing, lag, settings.maxLag());
    }
}
