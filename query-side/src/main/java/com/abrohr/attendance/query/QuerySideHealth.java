package com.abrohr.attendance.query;

import com.abrohr.attendance.query.projection.ProjectionLag;
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
 * Up while a punch made now would be shown within the lag allowed: the processors of this node run,
 * and the read models are as far as that in the database, whichever node projects them. What threw
 * meanwhile does not matter, nor who holds which claim.
 */
public class QuerySideHealth implements HealthIndicator {

    /** A probe that takes longer counts as failed; the database stands still, or nearly. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final EventProcessingConfiguration processing;
    private final ProjectionLag lag;
    private final Duration maxLag;

    /** At most one look is under way: a database that stands still must not collect them. */
    private final AtomicReference<FutureTask<Lag>> looking = new AtomicReference<>();

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
            add(health, look());
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

    private Lag look() throws ExecutionException, InterruptedException, TimeoutException {
        FutureTask<Lag> mine = new FutureTask<>(lag::now);
        FutureTask<Lag> underWay =
                looking.updateAndGet(last -> last == null || last.isDone() ? mine : last);
        if (underWay.equals(mine)) {
            Thread.ofVirtual().name("read-model-lag").start(mine);
        }
        return underWay.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
