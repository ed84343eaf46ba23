package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.abrohr.attendance.query.projection.ProjectionLag;
import com.abrohr.attendance.query.projection.ProjectionLag.Lag;
import com.abrohr.attendance.query.projection.QuerySideHealth;

import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class QuerySideHealthTest {
    private final StreamingEventProcessor processor = mock();
    private final ProjectionLag lag = mock();
    private final QuerySideHealth health = health();

    private QuerySideHealth health() {
        EventProcessingConfiguration processing = mock();
        when(processor.getName()).thenReturn("live-board");
        when(processor.isRunning()).thenReturn(true);
        when(processing.eventProcessors()).thenReturn(Map.of("live-board", processor));
        return new QuerySideHealth(processing, lag, Duration.ofSeconds(10));
    }

    @Test
    void isUpWhileTheOldestEventThatIsNotProjectedIsYoung() {
        when(lag.now()).thenReturn(new Lag(90_000, OptionalLong.of(10), Duration.ofSeconds(9)));
        when(processor.isError()).thenReturn(true);

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(health.health().getDetails()).containsEntry("readModels", "10 of 90000 events");
    }

    @Test
    void isNotReadyWhenOneEventIsOld() {
        when(lag.now()).thenReturn(new Lag(11, OptionalLong.of(10), Duration.ofSeconds(11)));

        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void isDownWithoutTokensOrWithoutARunningProcessor() {
        when(lag.now()).thenReturn(new Lag(0, OptionalLong.empty(), Duration.ZERO));
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

        when(lag.now()).thenReturn(new Lag(0, OptionalLong.of(0), Duration.ZERO));
        when(processor.isRunning()).thenReturn(false);
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void aDatabaseThatStandsStillIsAnsweredForWithinThreeSecondsAndAskedOnce() {
        var thaw = new CountDownLatch(1);
        var asked = new AtomicInteger();
        when(lag.now())
                .thenAnswer(
                        _ -> {
                            asked.incrementAndGet();
                            thaw.await();
                            return new Lag(0, OptionalLong.of(0), Duration.ZERO);
                        });
        for (int probe = 0; probe < 2; probe++) {
            long begin = System.nanoTime();
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(3));
        }
        assertThat(asked).hasValue(1);
        thaw.countDown();
    }
}
