package com.abrohr.attendance.query.livefeed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Reads what other nodes have written, once: the part of the log that neither this node's writer
 * nor an earlier read has covered. One read at a time.
 */
final class RemoteEventReader {
    private static final Logger log = LoggerFactory.getLogger(RemoteEventReader.class);

    private static final int PAGE = 1000;
    private static final long UNKNOWN = -1;

    /** See {@link LogTail#between}. */
    @FunctionalInterface
    interface LogPages {
        List<LogRow> between(long after, long before, int limit);
    }

    private final LogPages pages;
    private final Executor executor;
    private final Consumer<List<LogRow>> sink;

    /** Every index up to here is covered. */
    private long covered = UNKNOWN;

    /** Batches of this node's writer beyond that, last index by first. */
    private final NavigableMap<Long, Long> own = new TreeMap<>();

    private long appended;
    private boolean reading;

    RemoteEventReader(LogPages pages, Executor executor, Consumer<List<LogRow>> sink) {
        this.pages = pages;
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
        appended = Math.max(appended, last);
        if (!advance()) {
            read();
        }
    }

    /** Some node has notified that the log has grown up to this index. */
    synchronized void appended(long globalIndex) {
        if (covered == UNKNOWN) {
            covered = globalIndex;
        }
        appended = Math.max(appended, globalIndex);
        if (!advance()) {
            read();
        }
    }

    /** Passes over everything up to this index. */
    synchronized void skipTo(long globalIndex) {
        covered = Math.max(covered, globalIndex);
        appended = Math.max(appended, globalIndex);
        advance();
    }

    synchronized void reset() {
        covered = UNKNOWN;
        appended = 0;
        own.clear();
    }

    /** The index up to which the log is covered. */
    synchronized long covered() {
        return covered;
    }

    /** Answers whether everything that was appended is covered. */
    private boolean advance() {
        var next = own.firstEntry();
        while (next != null && next.getKey() <= covered + 1) {
            covered = Math.max(covered, next.getValue());
            own.pollFirstEntry();
            next = own.firstEntry();
        }
        return covered >= appended;
    }

    private void read() {
        if (!reading) {
            reading = true;
            executor.execute(this::readUncovered);
        }
    }

    private void readUncovered() {
        while (true) {
            long after;
            long before;
            synchronized (this) {
                if (advance()) {
                    reading = false;
                    return;
                }
                after = covered;
                before = own.isEmpty() ? appended + 1 : own.firstKey();
            }
            List<LogRow> rows;
            try {
                rows = pages.between(after, before, PAGE);
            } catch (RuntimeException e) {
                log.warn("events of other nodes cannot be read yet: {}", e.toString());
                synchronized (this) {
                    // The next notification or check tries again.
                    reading = false;
                }
                return;
            }
            if (!rows.isEmpty()) {
                sink.accept(rows);
            }
            synchronized (this) {
                // Indexes have no gaps, so a short page was the last.
                long read = rows.size() == PAGE ? rows.getLast().globalIndex() : before - 1;
                covered = Math.max(covered, read);
            }
        }
    }
}
