package com.abrohr.attendance.query.livefeed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Checks the log some time after notifications of this node's own writer. Those events come from
 * memory, unless they were dropped. However many notifications there are, one task at a time is
 * scheduled for them.
 */
final class DelayedLogCheck {
    /** Until then a batch of the own writer has come from memory, unless it was dropped. */
    static final Duration FROM_MEMORY = Duration.ofMillis(50);

    /** Notifications within this time are checked together. */
    static final Duration GATHERING = Duration.ofMillis(10);

    private final LongConsumer check;
    private final Timer timer;
    private final LongSupplier nanoTime;
    private final Deque<Notification> notifications = new ArrayDeque<>();
    private boolean scheduled;

    /**
     * @param check of the log, up to an index
     * @param nanoTime as {@link System#nanoTime}
     */
    DelayedLogCheck(LongConsumer check, Timer timer, LongSupplier nanoTime) {
        this.check = check;
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    synchronized void appended(long globalIndex) {
        long now = nanoTime.getAsLong();
        notifications.add(new Notification(globalIndex, now));
        scheduleFor(now);
    }

    private void scheduleFor(long now) {
        if (!scheduled) {
            Duration waited = Duration.ofNanos(now - notifications.element().at());
            timer.schedule(this::checkDue, FROM_MEMORY.plus(GATHERING).minus(waited));
            scheduled = true;
        }
    }

    private void checkDue() {
        long highest = due();
        if (highest > 0) {
            check.accept(highest);
        }
    }

    /** Removes the notifications that are old enough; answers the highest index, 0 for none. */
    private synchronized long due() {
        scheduled = false;
        long now = nanoTime.getAsLong();
        long highest = 0;
        while (!notifications.isEmpty()
                && now - notifications.element().at() >= FROM_MEMORY.toNanos()) {
            highest = Math.max(highest, notifications.remove().globalIndex());
        }
        if (!notifications.isEmpty()) {
            scheduleFor(now);
        }
        return highest;
    }

    private record Notification(long globalIndex, long at) {}

    @FunctionalInterface
    interface Timer {
        void schedule(Runnable task, Duration delay);
    }
}
