package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.FeedEntry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The entries delivered last: enough for those who come back while others are delivered to. Numbers
 * follow each other. Not thread-safe.
 */
final class RecentEntries {

    private static final int LIMIT = 256;

    private final ArrayDeque<FeedEntry> entries = new ArrayDeque<>(LIMIT);

    void add(FeedEntry entry) {
        if (entries.size() == LIMIT) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    void clear() {
        entries.clear();
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
