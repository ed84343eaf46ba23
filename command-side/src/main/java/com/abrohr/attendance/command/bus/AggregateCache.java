package com.abrohr.attendance.command.bus;

import com.abrohr.attendance.command.decision.HeapSize;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;

/**
 * Aggregates as they stand after their newest event, bounded by what they take of the heap. One may
 * be stale as soon as another node appends: the log finds out on the next append, and the command
 * bus before it believes a refusal.
 */
final class AggregateCache {

    /** A node of the cache and one of the map in it, measured. */
    static final int MAPPING_BYTES = 96;

    private static final int ENTRY_BYTES =
            HeapSize.ofObject(HeapSize.REFERENCE + Long.BYTES + Integer.BYTES);

    private final Cache<String, Entry> entries;

    /**
     * @param retainedBytes of the state alone, which grows with each event
     */
    record Entry(Object state, long sequence, int retainedBytes) {}

    AggregateCache(long maxBytes) {
        entries =
                Caffeine.newBuilder()
                        .maximumWeight(maxBytes)
                        .weigher(AggregateCache::weigh)
                        // what is too much goes before the next is read, not when a thread is free
                        .executor(Runnable::run)
                        .build();
    }

    private static int weigh(String streamId, Entry entry) {
        return MAPPING_BYTES + ENTRY_BYTES + HeapSize.of(streamId) + entry.retainedBytes();
    }

    @Nullable Entry get(String streamId) {
        return entries.getIfPresent(streamId);
    }

    void put(String streamId, Entry entry) {
        entries.put(streamId, entry);
    }

    void remove(String streamId) {
        entries.invalidate(streamId);
    }
}
