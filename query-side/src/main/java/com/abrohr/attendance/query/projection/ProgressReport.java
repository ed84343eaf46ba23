package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.projection.ProjectionLag.Lag;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says in the log how far a rebuild is, or a node that has much to catch up with. */
final class ProgressReport implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProgressReport.class);

    /** Less is made good before anybody has read about it. */
    private static final long WORTH_SAYING = 5_000;

    private final ProjectionLag lag;
    private final Duration interval;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("projection-progress").daemon().factory());
    private boolean behind;

    ProgressReport(ProjectionLag lag, Duration interval) {
        this.lag = lag;
        this.interval = interval;
    }

    void start() {
        timer.scheduleWithFixedDelay(
                this::report, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    void report() {
        try {
            Lag now = lag.now();
            boolean nowBehind = now.events() > WORTH_SAYING;
            if (nowBehind || behind) {
                log.info("read models: {} of {} events", now.head() - now.events(), now.head());
            }
            behind = nowBehind;
        } catch (RuntimeException e) {
            log.debug("how far the read models are cannot be read now", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
