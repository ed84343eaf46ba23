package com.abrohr.attendance.query.projection;

import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The log as the projection reads it: the newest events that this node wrote from memory, the
 * others from the event store.
 */
final class RecentEventSource
        implements StreamableMessageSource<TrackedEventMessage<?>>, AutoCloseable {
    private static final int MAX_EVENTS = 8_192;
    private static final long MAX_BYTES = 16L << 20;

    private final StreamableMessageSource<TrackedEventMessage<?>> log;
    private final EventRingBuffer ring = new EventRingBuffer(MAX_EVENTS, MAX_BYTES);
    private final WakeUpTimer wakeUps;

    /**
     * @param linger how long events gather before readers are woken
     */
    RecentEventSource(StreamableMessageSource<TrackedEventMessage<?>> log, Duration linger) {
        this.log = log;
        this.wakeUps = new WakeUpTimer(linger);
    }

    /** Takes what the writer of this node committed, in the order of the log. */
    void committed(List<? extends EventMessage<?>> events) {
        List<TrackedEventMessage<?>> tracked = new ArrayList<>(events.size());
        for (EventMessage<?> event : events) {
            if (event instanceof TrackedEventMessage<?> known) {
                tracked.add(known);
            }
        }
        ring.append(tracked);
        wakeUps.changed();
    }

    /** Until it is closed, events are projected as soon as they are known. */
    WakeUpTimer.Immediate immediate() {
        return wakeUps.immediate();
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(
            @Nullable TrackingToken trackingToken) {
        return new RecentEventStream(log, ring, wakeUps, trackingToken);
    }

    @Override
    public TrackingToken createTailToken() {
        return log.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return log.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        return log.createTokenAt(dateTime);
    }

    @Override
    public TrackingToken createTokenSince(Duration duration) {
        return log.createTokenSince(duration);
    }

    @Override
    public void close() {
        wakeUps.close();
    }
}
