package com.abrohr.attendance.command.eventlog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The events that have to be in the log before those of a batch, because a unique key does not see
 * a sequence that was skipped.
 */
final class Predecessors {

    private final List<String> ids = new ArrayList<>();
    private final List<Long> sequences = new ArrayList<>();

    private Predecessors() {}

    static Predecessors of(List<PendingAppend> appends) {
        Predecessors predecessors = new Predecessors();
        Map<String, Long> newest = new HashMap<>();
        for (PendingAppend append : appends) {
            for (EventRow row : append.rows()) {
                Long before = newest.put(row.aggregateId(), row.sequence());
                boolean follows = before != null && before + 1 == row.sequence();
                if (row.sequence() > 0 && !follows) {
                    predecessors.ids.add(row.aggregateId());
                    predecessors.sequences.add(row.sequence() - 1);
                }
            }
        }
        return predecessors;
    }

    String[] ids() {
        return ids.toArray(String[]::new);
    }

    Long[] sequences() {
        return sequences.toArray(Long[]::new);
    }
}
