package com.abrohr.attendance.query;

import com.abrohr.attendance.query.board.BoardFaults;

import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import java.util.OptionalLong;

/**
 * Up while the read models follow the log: every processor runs, none of its segments is in error,
 * none replays, and none is further behind than allowed.
 */
public class QuerySideHealth implements HealthIndicator {

    private final EventProcessingConfiguration processing;
    private final EventStore eventStore;
    private final BoardFaults faults;
    private final long maxLag;

    /**
     * @param maxLag events behind the log that are still healthy
     */
    public QuerySideHealth(
            EventProcessingConfiguration processing,
            EventStore eventStore,
            BoardFaults faults,
            long maxLag) {
        this.processing = processing;
        this.eventStore = eventStore;
        this.faults = faults;
        this.maxLag = maxLag;
    }

    @Override
    public Health health() {
        try {
            long head = headOf(eventStore);
            Health.Builder health = Health.up();
            for (EventProcessor processor : processing.eventProcessors().values()) {
                if (!processor.isRunning() || isInError(processor)) {
                    health.down()
                            .withDetail(
                                    processor.getName(),
                                    processor.isRunning() ? "in error" : "not running");
                } else if (processor instanceof StreamingEventProcessor streaming) {
                    add(health, streaming, head);
                }
            }
            faults.current().ifPresent(fault -> health.down().withDetail("fault", fault));
            return health.build();
        } catch (RuntimeException e) {
            return Health.down(e).build();
        }
    }

    /**
     * Axon's processor takes its error back when it has worked on a segment again. Where another
     * node has taken all segments over meanwhile it never will; then the error is that node's past.
     */
    private static boolean isInError(EventProcessor processor) {
        boolean idle =
                processor instanceof StreamingEventProcessor streaming
                        && streaming.processingStatus().isEmpty();
        return processor.isError() && !idle;
    }

    /** An empty log has no token at all. */
    private static long headOf(EventStore eventStore) {
        TrackingToken head = eventStore.createHeadToken();
        return head == null ? 0 : head.position().orElse(0);
    }

    private void add(Health.Builder health, StreamingEventProcessor processor, long head) {
        long lag = 0;
        boolean replaying = false;
        for (EventTrackerStatus status : processor.processingStatus().values()) {
            if (status.isErrorState()) {
                health.down();
            }
            OptionalLong position = status.getCurrentPosition();
            lag = Math.max(lag, head - position.orElse(0));
            replaying |= status.isReplaying() && lag > 0;
        }
        health.withDetail(
                processor.getName(),
                replaying ? "replaying, behind by " + lag : "behind by " + lag);
        if (replaying || lag > maxLag) {
            health.outOfService();
        }
    }
}
