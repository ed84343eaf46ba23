package com.abrohr.attendance.query.projection;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** How far this node has projected each company, and who waits for it to move on. */
final class ProjectedPositions {
    private final Map<String, Long> byCompany = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> moves = new ConcurrentHashMap<>();

    /** The transaction that moved the company there is committed. */
    void moved(String companyId, long lastSeq) {
        byCompany.put(companyId, lastSeq);
        CompletableFuture<Void> waiting = moves.remove(companyId);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** 0 for a company that another node projects. */
    long of(String companyId) {
        return byCompany.getOrDefault(companyId, 0L);
    }

    /** Completes when the company moves after this call: take it first, look second, wait third. */
    CompletableFuture<Void> nextMove(String companyId) {
        return moves.computeIfAbsent(companyId, _ -> new CompletableFuture<>());
    }

    void clear() {
        byCompany.clear();
    }
}
