package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.livefeed.Arrivals;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far this node has projected each company, and whom that wakes. */
final class ProjectedPositions {

    private final Map<String, Long> byCompany = new ConcurrentHashMap<>();
    private final Arrivals arrivals;

    ProjectedPositions(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    /** The transaction that moved it there is committed. */
    void moved(String companyId, long lastSeq) {
        byCompany.put(companyId, lastSeq);
        arrivals.grown(companyId);
    }

    /** 0 for a company that another node projects. */
    long of(String companyId) {
        return byCompany.getOrDefault(companyId, 0L);
    }

    void clear() {
        byCompany.clear();
    }
}
