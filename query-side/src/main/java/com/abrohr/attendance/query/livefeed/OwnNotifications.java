package com.abrohr.attendance.query.livefeed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Places of the log that this node's own writer has notified of. What stands there comes from
 * memory, unless it was dropped, so each is looked at a little later; however many there are, one
 * task at a time is scheduled for them.
 */
final class OwnNotifications {

    /** By then a batch of the own writer has come from memory, unless it was dropped. */
    static final Duration FROM_MEMORY = Duration.ofMillis(50);

    /** What is heard within it is looked at together. */
    static final Duration GATHERING = Duration.ofMillis(10);

    private final LongConsumer look;
    private final Timer timer;
    private final LongSupplier nanoTime;
    private final Deque<Heard> places = new ArrayDeque<>();
    private boolean scheduled;

    /**
     * @param look at the log, up to a place
     * @param nanoTime as {@link System#nanoTime}
     */
    OwnNotifications(LongConsumer look, Timer timer, LongSupplier nanoTime) {
        this.look = look;
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    synchronized void heard(long place) {
        long now = nanoTime.getAsLong();
        places.add(new Heard(place, now));
        scheduleFor(now);
    }

    private void scheduleFor(long now) {
        if (!scheduled) {
            Duration waited = Duration.ofNanos(now - places.element().at());
            timer.schedule(this::lookAtDue, FROM_MEMORY.plus(GATHERING).minus(waited));
            scheduled = true;
        }
    }

    private void lookAtDue() {
        long highest = due();
        if (highest > 0) {
            look.accept(highest);
        }
    }

    /** Takes what was heard long enough ago; answers the highest place, 0 for none. */
    private synchronized long due() {
        scheduled = false;
        long now = nanoTime.getAsLong();
        long highest = 0;
        while (!places.isEmpty() && now - places.element().at() >= FROM_MEMORY.toNanos()) {
            highest = Math.max(highest, places.remove().place());
        }
        if (!places.isEmpty()) {
            scheduleFor(now);
        }
        return highest;
    }

    private record Heard(long place, long at) {}

    @FunctionalInterface
    interface Timer {
        void schedule(Runnable task, Duration delay);
    }
}
