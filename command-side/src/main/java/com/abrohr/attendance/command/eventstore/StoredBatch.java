package com.abrohr.attendance.command.eventstore;

import com.abrohr.attendance.command.eventstore.AppendResult.Stored;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where one insert put its events.
 *
 * @param firstIndex place of the first event in the order of the whole log
 * @param lastSeqs by company, the number of its last event before the insert, 0 for none
 */
record StoredBatch(long firstIndex, Map<String, Long> lastSeqs, Instant recordedAt) {
    StoredBatch {
        lastSeqs = Map.copyOf(lastSeqs);
    }

    /**
     * @param appends in the order in which they were inserted
     * @return where each of them is, in that order
     */
    Map<PendingAppend, Stored> answers(List<PendingAppend> appends) {
        Map<String, Long> seqs = new HashMap<>(lastSeqs);
        Map<PendingAppend, Stored> answers = new LinkedHashMap<>();
        long nextIndex = firstIndex;
        for (PendingAppend append : appends) {
            int events = append.rows().size();
            long lastSeq = seqs.merge(append.command().companyId(), (long) events, Long::sum);
            answers.put(
                    append,
                    new Stored(new StoredAt(nextIndex, lastSeq - events + 1, events, recordedAt)));
            nextIndex += events;
        }
        return answers;
    }
}
