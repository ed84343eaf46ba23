package com.abrohr.attendance.query.livefeed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Reads what other nodes have written, once: the places of the log that neither this node's writer
 * nor an earlier read has covered. One read at a time.
 */
final class OtherNodes {

    private static final Logger log = LoggerFactory.getLogger(OtherNodes.class);

    private static final int PAGE = 1000;
    private static final long UNKNOWN = -1;

    private final LogTail tail;
    private final Executor executor;
    private final Consumer<List<LogRow>> sink;

    /** Every place up to here is covered. */
    private long covered = UNKNOWN;

    /** Batches of this node's writer beyond that, last place by first. */
    private final NavigableMap<Long, Long> own = new TreeMap<>();

    private long heard;
    private boolean reading;

    OtherNodes(LogTail tail, Executor executor, Consumer<List<LogRow>> sink) {
        this.tail = tail;
        this.executor = executor;
        this.sink = sink;
    }

    synchronized void ownBatch(long first, long last) {
        if (covered == UNKNOWN) {
            covered = first - 1;
        }
        if (last > covered) {
            own.put(first, last);
        }
        heard = Math.max(heard, last);
        if (!advance()) {
            read();
        }
    }

    /** Some node says that the log has grown up to a place. */
    synchronized void heard(long globalIndex) {
        if (covered == UNKNOWN) {
            covered = globalIndex;
        }
        heard = Math.max(heard, globalIndex);
        if (!advance()) {
            read();
        }
    }

    /** Nobody wants what lies before this place. */
    synchronized void skipTo(long globalIndex) {
        covered = Math.max(covered, globalIndex);
        heard = Math.max(heard, globalIndex);
        advance();
    }

    synchronized void startAgain() {
        covered = UNKNOWN;
        heard = 0;
        own.clear();
    }

    /** The place up to which the log is known to reach. */
    synchronized long covered() {
        return covered;
    }

    void renewEpoch(LogTail.Head head) {
        tail.renewEpoch(head.epoch());
    }

    LogTail.Head head() {
        return tail.head();
    }

    /** Answers whether all that was heard of is covered. */
    private boolean advance() {
        var next = own.firstEntry();
        while (next != null && next.getKey() <= covered + 1) {
            covered = Math.max(covered, next.getValue());
            own.pollFirstEntry();
            next = own.firstEntry();
        }
        return covered >= heard;
    }

    private void read() {
        if (!reading) {
            reading = true;
            executor.execute(this::readOn);
        }
    }

    private void readOn() {
        while (true) {
            long after;
            long before;
            synchronized (this) {
                if (advance()) {
                    reading = false;
                    return;
                }
                after = covered;
                before = own.isEmpty() ? heard + 1 : own.firstKey();
            }
            List<LogRow> rows;
            try {
                rows = tail.between(after, before, PAGE);
            } catch (RuntimeException e) {
                log.warn("what other nodes wrote cannot be read yet: {}", e.toString());
                synchronized (this) {
                    // The next signal or look tries again.
                    reading = false;
                }
                return;
            }
            if (!rows.isEmpty()) {
                sink.accept(rows);
            }
            synchronized (this) {
                // Places are dense, so a short page has shown all that there was to be seen.
                long shown = rows.size() == PAGE ? rows.getLast().globalIndex() : before - 1;
                covered = Math.max(covered, shown);
            }
        }
    }
}
