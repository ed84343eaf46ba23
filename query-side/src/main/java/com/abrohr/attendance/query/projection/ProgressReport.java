package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.projection.ProjectionLag.Lag;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Logs the progress of a rebuild, or of a node that is far behind. */
final class ProgressReport implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProgressReport.class);

    /** Fewer events are projected before anybody has read the line. */
    private static final long MIN_EVENTS = 5_000;

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
        var _ =
                timer.scheduleWithFixedDelay(
                        this::report,
                        interval.toMillis(),
                        interval.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    void report() {
        try {
            Lag now = lag.now();
            boolean nowBehind = now.events() > MIN_EVENTS;
            if (nowBehind || behind) {
                log.info("read models: {} of {} events", now.head() - now.events(), now.head());
            }
            behind = nowBehind;
        } catch (RuntimeException e) {
            log.debug("the lag of the read models cannot be read", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
