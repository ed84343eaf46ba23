package com.abrohr.attendance.query.projection;

import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The newest events that the writer of this node committed, without gaps in the order of the log.
 * Readers see those that were released; the others they read from the log.
 */
final class EventRingBuffer {
    /** Objects and references of an event besides its text, measured on a punch. */
    private static final int FIXED_BYTES = 1_000;

    private final TrackedEventMessage<?>[] events;
    private final int[] sizes;
    private final long maxBytes;
    private long first = 1;
    private long last;
    private long released;
    private long bytes;

    /**
     * @param maxEvents that are kept
     * @param maxBytes that they may take, by estimate
     */
    EventRingBuffer(int maxEvents, long maxBytes) {
        this.events = new TrackedEventMessage<?>[maxEvents];
        this.sizes = new int[maxEvents];
        this.maxBytes = maxBytes;
    }

    /**
     * @param batch in the order of the log
     */
    synchronized void append(List<TrackedEventMessage<?>> batch) {
        for (TrackedEventMessage<?> event : batch) {
            long index = event.trackingToken().position().orElse(0);
            if (index != last + 1) {
                dropAll(index);
            }
            if (last - first + 1 == events.length) {
                dropFirst();
            }
            int size = sizeOf(event);
            events[slot(index)] = event;
            sizes[slot(index)] = size;
            bytes += size;
            last = index;
            while (bytes > maxBytes && first < last) {
                dropFirst();
            }
        }
    }

    private void dropAll(long next) {
        while (first <= last) {
            dropFirst();
        }
        first = next;
        last = next - 1;
    }

    private void dropFirst() {
        int slot = slot(first++);
        bytes -= sizes[slot];
        events[slot] = null;
    }

    /** Shows readers all that was appended. */
    synchronized void release() {
        released = last;
    }

    /** The event at that place of the log; null when it is not held, or not released. */
    synchronized @Nullable TrackedEventMessage<?> at(long index) {
        return index >= first && index <= Math.min(last, released) ? events[slot(index)] : null;
    }

    /** The last place of the log that was released. */
    synchronized long released() {
        return released;
    }

    private int slot(long index) {
        return (int) (index % events.length);
    }

    private static int sizeOf(TrackedEventMessage<?> event) {
        int size = FIXED_BYTES + 2 * event.getPayload().toString().length();
        for (Object value : event.getMetaData().values()) {
            size += 2 * value.toString().length();
        }
        return size;
    }
}
