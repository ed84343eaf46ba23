package com.abrohr.attendance.load;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Durations in nanoseconds. */
final class Samples {
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

    void add(long duration) {
        nanos.add(duration);
    }

    int count() {
        return nanos.size();
    }

    Quantiles quantiles() {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        return new Quantiles(sorted);
    }

    /** The whole distribution; quantiles are of nearest rank, so each was really measured. */
    static final class Quantiles {
        private final long[] sorted;

        private Quantiles(long[] sorted) {
            this.sorted = Arrays.copyOf(sorted, sorted.length);
        }

        int count() {
            return sorted.length;
        }

        /**
         * @param share 0 to 1
         * @return milliseconds
         */
        double millis(double share) {
            int rank = (int) Math.ceil(share * sorted.length);
            return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)] / 1e6;
        }
    }
}
