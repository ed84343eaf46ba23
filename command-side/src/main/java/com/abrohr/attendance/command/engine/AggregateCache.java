package com.abrohr.attendance.command.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;

/**
 * Aggregates after their newest event, bounded by their bytes on the heap. One may be stale as soon
 * as another node appends: the next append then fails, and a refusal is checked against the log
 * before it is answered.
 */
final class AggregateCache {
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
                        // evicts on the calling thread, so that the bound always holds
                        .executor(Runnable::run)
                        .build();
    }

    private static int weigh(String streamId, Entry entry) {
        return HeapSize.CACHE_NODE + ENTRY_BYTES + HeapSize.of(streamId) + entry.retainedBytes();
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
