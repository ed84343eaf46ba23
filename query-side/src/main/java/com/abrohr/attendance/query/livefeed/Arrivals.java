package com.abrohr.attendance.query.livefeed;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Wakes whoever waits for something new of a company, written by this node or another. A hint: it
 * may come for something else, or not at all.
 */
public class Arrivals {

    private final Map<String, CompletableFuture<Void>> waited = new ConcurrentHashMap<>();

    /** Completes at the next arrival after this call: take it first, look second, wait third. */
    public CompletableFuture<Void> next(String companyId) {
        return waited.computeIfAbsent(companyId, _ -> new CompletableFuture<>());
    }

    public void grown(String companyId) {
        CompletableFuture<Void> next = waited.remove(companyId);
        if (next != null) {
            next.complete(null);
        }
    }
}
