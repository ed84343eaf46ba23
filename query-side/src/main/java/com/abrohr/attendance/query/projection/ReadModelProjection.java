package com.abrohr.attendance.query.projection;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The processing group that writes the read models. Handling only collects; each batch is written
 * once, in the transaction of its token.
 */
@ProcessingGroup(ReadModelProjection.GROUP)
public class ReadModelProjection {
    public static final String GROUP = "live-board";

    private static final Logger log = LoggerFactory.getLogger(ReadModelProjection.class);

    /** Where Axon's work packages say which segment a batch is of. */
    private static final String SEGMENT = "Processor[" + GROUP + "]/SegmentId";

    private static final String PENDING = ReadModelProjection.class.getName();

    private final ReadModelWriter writer;
    private final ProjectedPositions positions;

    /** Up to where each segment's batches failed; up to there they are written with savepoints. */
    private final Map<Object, Long> failedUpTo = new ConcurrentHashMap<>();

    ReadModelProjection(ReadModelWriter writer, ProjectedPositions positions) {
        this.writer = writer;
        this.positions = positions;
    }

    /** Takes every message, so that one whose payload cannot be read becomes a dead letter here. */
    @EventHandler
    public void on(EventMessage<?> message) {
        if (message instanceof DomainEventMessage<?> event) {
            PendingEvent.of(event)
                    .ifPresentOrElse(
                            ReadModelProjection.this::collect,
                            () -> log.error("event {} is of no company", event.getIdentifier()));
        }
    }

    private void collect(PendingEvent event) {
        UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
        batch.<List<PendingEvent>>getOrComputeResource(PENDING, _ -> pendingOf(batch)).add(event);
    }

    private List<PendingEvent> pendingOf(UnitOfWork<?> batch) {
        List<PendingEvent> pending = new ArrayList<>();
        Object segment = batch.getOrDefaultResource(SEGMENT, "none");
        batch.onPrepareCommit(
                _ -> {
                    Map<String, Long> moved = write(pending, segment);
                    batch.afterCommit(_ -> committed(pending, segment, moved));
                });
        return pending;
    }

    private Map<String, Long> write(List<PendingEvent> events, Object segment) {
        boolean failedBefore =
                indexOf(events.getFirst()) <= failedUpTo.getOrDefault(segment, Long.MIN_VALUE);
        try {
            return writer.write(events, failedBefore);
        } catch (RuntimeException e) {
            failedUpTo.merge(segment, indexOf(events.getLast()), Math::max);
            throw e;
        } catch (Error e) {
            // Axon lets it pass: the transaction would stay open and the segment claimed for good.
            log.error("the read models of {} events cannot be written", events.size(), e);
            throw FailureClassifier.unchecked(e);
        }
    }

    private void committed(List<PendingEvent> events, Object segment, Map<String, Long> moved) {
        failedUpTo.computeIfPresent(
                segment, (_, upTo) -> indexOf(events.getLast()) >= upTo ? null : upTo);
        moved.forEach(positions::moved);
    }

    private static long indexOf(PendingEvent event) {
        return event.message() instanceof TrackedEventMessage<?> tracked
                ? tracked.trackingToken().position().orElse(0)
                : 0;
    }

    @ResetHandler
    public void onReset() {
        failedUpTo.clear();
        positions.clear();
        writer.clear();
    }
}
