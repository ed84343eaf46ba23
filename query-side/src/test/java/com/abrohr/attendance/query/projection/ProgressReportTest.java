package com.abrohr.attendance.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import com.abrohr.attendance.query.projection.ProjectionLag.Lag;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.OptionalLong;

class ProgressReportTest {
    @Test
    void saysHowFarARebuildIsUntilItIsThrough() {
        ProjectionLag lag = mock();
        when(lag.now())
                .thenReturn(lag(0))
                .thenReturn(lag(120_000))
                .thenThrow(new IllegalStateException("the database is away"))
                .thenReturn(lag(996_000))
                .thenReturn(lag(999_000));
        var logger = (Logger) LoggerFactory.getLogger(ProgressReport.class);
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
        try (var report = new ProgressReport(lag, Duration.ofHours(1))) {
            for (int look = 0; look < 5; look++) {
                report.report();
            }
        } finally {
            logger.detachAppender(appender);
            logger.setLevel(before);
        }

        assertThat(appender.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "read models: 0 of 1000000 events",
                        "read models: 120000 of 1000000 events",
                        "read models: 996000 of 1000000 events");
    }

    private static Lag lag(long projected) {
        return new Lag(1_000_000, OptionalLong.of(projected), Duration.ZERO);
    }
}
