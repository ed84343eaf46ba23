package com.abrohr.attendance.load;

import java.util.concurrent.locks.LockSupport;

/** An open loop: ticks at a fixed rate, whether or not the server keeps up. */
final class Pace {
    private final long interval;
    private long next = System.nanoTime();

    /**
     * @param rate ticks a second
     */
    Pace(int rate) {
        interval = 1_000_000_000L / rate;
    }

    /**
     * @return when the tick was due, on the clock of {@link System#nanoTime()}
     */
    long awaitNext() {
        next += interval;
        for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return next;
    }
}
