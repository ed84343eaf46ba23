package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.projection.ProjectionLag.Lag;

import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Up while the processors of this node run and the read models in the database are within the
 * allowed lag, whichever node projects them. Errors that a processor recovers from do not matter,
 * nor who holds which claim.
 */
public class QuerySideHealth implements HealthIndicator {
    /** A probe that takes longer counts as failed. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final EventProcessingConfiguration processing;
    private final ProjectionLag lag;
    private final Duration maxLag;

    /** At most one query is running: a database that does not answer must not collect them. */
    private final AtomicReference<FutureTask<Lag>> running = new AtomicReference<>();

    /**
     * @param maxLag age of the oldest event not projected that is still healthy
     */
    public QuerySideHealth(
            EventProcessingConfiguration processing, ProjectionLag lag, Duration maxLag) {
        this.processing = processing;
        this.lag = lag;
        this.maxLag = maxLag;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        try {
            add(health, lag());
        } catch (TimeoutException e) {
            health.down().withDetail("readModels", "the database does not answer");
        } catch (ExecutionException e) {
            health.down(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            health.down(e);
        }
        for (EventProcessor processor : processing.eventProcessors().values()) {
            if (!processor.isRunning()) {
                health.down().withDetail(processor.getName(), "not running");
            }
        }
        return health.build();
    }

    private void add(Health.Builder health, Lag now) {
        health.withDetail(
                "readModels", (now.head() - now.events()) + " of " + now.head() + " events");
        if (now.age().compareTo(maxLag) > 0) {
            health.outOfService().withDetail("lag", now.age().toString());
        }
        if (now.projected().isEmpty()) {
            health.down().withDetail("tokens", "missing");
        }
    }

    private Lag lag() throws ExecutionException, InterruptedException, TimeoutException {
        FutureTask<Lag> own = new FutureTask<>(lag::now);
        FutureTask<Lag> current =
                running.updateAndGet(last -> last == null || last.isDone() ? own : last);
        if (current.equals(own)) {
            Thread.ofVirtual().name("read-model-lag").start(own);
        }
        return current.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
