package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.query.ProjectionSettings;
import com.abrohr.attendance.query.read.CompanyReads;

import org.axonframework.queryhandling.QueryBus;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import javax.sql.DataSource;

@Configuration(proxyBeanMethods = false)
public class FeedConfiguration {

    @Bean
    NodeId nodeId() {
        return NodeId.random();
    }

    @Bean
    FeedJson feedJson() {
        return new FeedJson();
    }

    @Bean
    FeedTable readerFeedTable(@Qualifier("readerDataSource") DataSource readers, FeedJson json) {
        return new FeedTable(new JdbcTemplate(readers), json);
    }

    @Bean
    FeedAnnouncer feedAnnouncer(NodeId node, DedicatedConnections connections) {
        return new FeedAnnouncer(node.value(), connections);
    }

    @Bean
    Arrivals arrivals() {
        return new Arrivals();
    }

    @Bean
    LiveFeed liveFeed(
            QueryBus queryBus,
            DataSource dataSource,
            FeedJson json,
            FeedAnnouncer announcer,
            Arrivals arrivals) {
        return new LiveFeed(
                queryBus.queryUpdateEmitter(),
                new FeedTable(new JdbcTemplate(dataSource), json),
                announcer,
                arrivals);
    }

    @Bean
    FeedListener feedListener(
            NodeId node,
            DedicatedConnections connections,
            LiveFeed feed,
            ProjectionSettings settings) {
        return new FeedListener(node.value(), connections, feed, settings.catchUpInterval());
    }

    @Bean
    FeedQueries feedQueries(CompanyReads reads, FeedTable readerFeedTable, LiveFeed live) {
        return new FeedQueries(reads, readerFeedTable, live);
    }
}
