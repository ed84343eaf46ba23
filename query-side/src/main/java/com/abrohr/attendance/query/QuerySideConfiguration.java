package com.abrohr.attendance.query;

import com.abrohr.attendance.query.employee.EmployeeFeed;
import com.abrohr.attendance.query.employee.EmployeeQueries;
import com.abrohr.attendance.query.leave.LeaveFeed;
import com.abrohr.attendance.query.leave.LeaveInbox;
import com.abrohr.attendance.query.leave.LeaveQueries;
import com.abrohr.attendance.query.leave.LeaveReadModel;
import com.abrohr.attendance.query.livefeed.BoardParts;
import com.abrohr.attendance.query.livefeed.FeedConfiguration;
import com.abrohr.attendance.query.livefeed.FeedMappings;
import com.abrohr.attendance.query.presence.PresenceQueries;
import com.abrohr.attendance.query.presence.PresenceReadModel;
import com.abrohr.attendance.query.presence.PresenceTiles;
import com.abrohr.attendance.query.projection.ProjectionConfiguration;
import com.abrohr.attendance.query.projection.ReadModels;
import com.abrohr.attendance.query.punch.PunchFeed;
import com.abrohr.attendance.query.punch.PunchQueries;
import com.abrohr.attendance.query.punch.PunchReadModel;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.ListRoute;
import com.abrohr.attendance.query.worksession.WorkSessionQueries;
import com.abrohr.attendance.query.worksession.WorkSessionReadModel;

import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

import java.time.Clock;
import java.util.List;

import javax.sql.DataSource;

/**
 * The read side: its engines, and the one place where every feature is registered. Asks of the
 * application: the primary DataSource (stream role), a bean {@code readerDataSource} (reader role),
 * a {@code Clock}, the event store, the serializers, {@link
 * com.abrohr.attendance.query.livefeed.LogNotifications}, and a bean {@code committedEvents}, the
 * source of what this node's writer committed.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    FeedConfiguration.class,
    ProjectionConfiguration.class,
    EmployeeQueries.class,
    LeaveQueries.class,
    PresenceQueries.class,
    PunchQueries.class,
    WorkSessionQueries.class
})
public class QuerySideConfiguration {
    /** What a node with the role QUERY serves over REST. */
    static final List<ListRoute> LISTS =
            List.of(
                    EmployeeQueries.ROUTE,
                    LeaveQueries.ROUTE,
                    PresenceQueries.ROUTE,
                    PunchQueries.ROUTE,
                    WorkSessionQueries.ROUTE);

    @Bean
    ReadModels readModels() {
        return new ReadModels(
                new PresenceReadModel(),
                List.of(new PunchReadModel(), new WorkSessionReadModel(), new LeaveReadModel()));
    }

    @Bean
    FeedMappings feedMappings() {
        return new FeedMappings(List.of(new PunchFeed(), new LeaveFeed(), new EmployeeFeed()));
    }

    @Bean
    BoardParts boardParts(CompanyReads reads) {
        return new BoardParts(
                (company, now) -> PresenceTiles.load(reads, company, now),
                company -> LeaveInbox.load(reads, company));
    }

    @Bean
    CompanyReads companyReads(@Qualifier("readerDataSource") DataSource readers, Clock clock) {
        return new CompanyReads(
                new JdbcTransactionManager(readers), new JdbcTemplate(readers), clock);
    }

    /** Without Axon's transaction: each read opens its own, on the reader pool. */
    @Bean
    QueryBus queryBus(QueryUpdateEmitter queryUpdateEmitter) {
        return SimpleQueryBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .queryUpdateEmitter(queryUpdateEmitter)
                .build();
    }
}
