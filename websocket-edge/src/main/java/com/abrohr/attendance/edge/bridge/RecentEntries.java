package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.FeedEntry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The entries delivered last, for clients that subscribe while others are delivered to. Their
 * numbers follow each other without gaps. Not thread-safe.
 */
final class RecentEntries {
    private static final int MAX_ENTRIES = 256;

    /** Enough for so many punches; each company that is followed keeps as much. */
    static final int MAX_BYTES = 128 * 1024;

    private final ArrayDeque<FeedEntry> entries = new ArrayDeque<>();
    private int bytes;

    void add(FeedEntry entry) {
        entries.addLast(entry);
        bytes += ServerEvents.approximateBytes(entry);
        while (entries.size() > MAX_ENTRIES || bytes > MAX_BYTES) {
            bytes -= ServerEvents.approximateBytes(entries.removeFirst());
        }
    }

    void clear() {
        entries.clear();
        bytes = 0;
    }

    /** The entries after one number up to another; null when they are no longer known. */
    @Nullable List<FeedEntry> between(long afterSeq, long upToSeq) {
        if (afterSeq >= upToSeq) {
            return List.of();
        }
        if (entries.isEmpty()
                || entries.getFirst().seq() > afterSeq + 1
                || entries.getLast().seq() < upToSeq) {
            return null;
        }
        return entries.stream()
                .filter(entry -> entry.seq() > afterSeq && entry.seq() <= upToSeq)
                .toList();
    }
}
