package com.abrohr.attendance.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

@Timeout(60)
class EventLogConfigurationIT {

    private final LogDatabase database = new LogDatabase();

    private ApplicationContextRunner runner(Clock clock) {
        return new ApplicationContextRunner()
                .withUserConfiguration(EventLogConfiguration.class)
                // a context closes what it can, and the pool is everybody's
                .withBean(DataSource.class, () -> new DelegatingDataSource(database.dataSource()))
                .withBean("eventSerializer", Serializer.class, LogDatabase::serializer)
                .withBean(Clock.class, () -> clock)
                .withBean(DedicatedConnections.class, () -> database::open);
    }

    @Test
    void theEventStoreGroupsItsCommitsAndReportsThatItIsReady() {
        runner(Clock.systemUTC())
                .run(
                        context -> {
                            assertThat(context.getBean(EventStorageEngine.class))
                                    .isInstanceOf(GroupCommitEventStorageEngine.class);
                            assertThat(context.getBean(EventStore.class))
                                    .isInstanceOf(SignallingEventStore.class);
                            EventLogHealth health = context.getBean(EventLogHealth.class);
                            await().until(() -> health.state().ready());
                            await().until(() -> health.state().listening());
                            context.getBean(EventStore.class)
                                    .publish(List.of(Punches.punch("e", "c", 0)));
                            assertThat(health.state().lastCommit()).isPresent();
                        });
        assertThat(database.number("select count(*) from event_log")).isEqualTo(1);
    }

    @Test
    void aNodeWhoseClockIsWrongIsNotReady() {
        runner(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(5)))
                .run(
                        context -> {
                            EventLogHealth health = context.getBean(EventLogHealth.class);
                            await().until(() -> health.state().clockDifference().isPresent());
                            assertThat(health.state().ready()).isFalse();
                            assertThat(health.state().problems())
                                    .anyMatch(problem -> problem.startsWith("the clock differs"));
                        });
    }
}
