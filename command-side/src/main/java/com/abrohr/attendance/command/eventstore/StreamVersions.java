package com.abrohr.attendance.command.eventstore;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Streams as a batch needs them, as the arrays of append_events. */
record StreamVersions(Collection<StreamVersion> all) {
    /**
     * The events that have to be in the log before those of the batch, because a unique key does
     * not see a sequence that was skipped.
     */
    static StreamVersions predecessors(List<PendingAppend> appends) {
        Set<StreamVersion> predecessors = new LinkedHashSet<>();
        Map<String, Long> newest = new HashMap<>();
        for (PendingAppend append : appends) {
            for (EventRow row : append.rows()) {
                Long before = newest.put(row.aggregateId(), row.sequence());
                boolean follows = before != null && before + 1 == row.sequence();
                if (row.sequence() > 0 && !follows) {
                    predecessors.add(new StreamVersion(row.aggregateId(), row.sequence() - 1));
                }
            }
        }
        return new StreamVersions(predecessors);
    }

    /**
     * What commands of the batch were decided on besides their own aggregates: nothing may have
     * been appended to these streams since.
     */
    static StreamVersions unchanged(List<PendingAppend> appends) {
        Set<StreamVersion> versions = new LinkedHashSet<>();
        for (PendingAppend append : appends) {
            StreamVersion unchanged = append.unchanged();
            if (unchanged != null) {
                versions.add(unchanged);
            }
        }
        return new StreamVersions(versions);
    }

    /** Whether an append changes a stream that one behind it in the batch was decided on. */
    static boolean changeWithin(List<PendingAppend> appends) {
        Set<String> appended = new HashSet<>();
        for (PendingAppend append : appends) {
            StreamVersion unchanged = append.unchanged();
            if (unchanged != null && appended.contains(unchanged.streamId())) {
                return true;
            }
            append.rows().forEach(row -> appended.add(row.aggregateId()));
        }
        return false;
    }

    String[] ids() {
        return all.stream().map(StreamVersion::streamId).toArray(String[]::new);
    }

    Long[] sequences() {
        return all.stream().map(StreamVersion::sequence).toArray(Long[]::new);
    }
}
