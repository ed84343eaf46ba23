package com.abrohr.attendance.command.eventstore;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;

import java.time.Duration;
import java.util.List;

/**
 * An event store whose streams are woken when the log grows, by whichever node, instead of asking
 * it twice a second. The streams keep looking by themselves as well, rarely.
 */
public final class SignallingEventStore extends EmbeddedEventStore {
    private final LogSignal signal;
    private final Duration fallbackPoll;

    /**
     * @param fallbackPoll how old a stream's look at the log may be when no signal came since
     */
    SignallingEventStore(Builder builder, LogSignal signal, Duration fallbackPoll) {
        // every stream reads for itself: the shared cache would be filled by a polling thread
        super(builder.optimizeEventConsumption(false));
        this.signal = signal;
        this.fallbackPoll = fallbackPoll;
    }

    @Override
    public TrackingEventStream openStream(TrackingToken trackingToken) {
        return new SignalledStream(super.openStream(trackingToken), signal, fallbackPoll);
    }

    /** The writer signals, once for a whole commit. */
    @Override
    protected void afterCommit(List<? extends EventMessage<?>> events) {}
}
