package com.abrohr.attendance.command.eventstore;

import com.abrohr.attendance.command.eventstore.AppendResult.Conflict;
import com.abrohr.attendance.command.eventstore.AppendResult.Duplicate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which appends of a batch fit the log: each wholly or not at all, and each after those
 * that were accepted before it.
 */
final class BatchDecision {
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<CommandKey> known = new HashSet<>();
    private final List<PendingAppend> accepted = new ArrayList<>();
    private final Map<PendingAppend, AppendResult> answers = new LinkedHashMap<>();

    /** Learns the newest sequence of an aggregate in the log, -1 for none. */
    void newest(String aggregateId, long sequence) {
        newest.put(aggregateId, sequence);
    }

    /** Learns that the log has events of a command. */
    void known(CommandKey command) {
        known.add(command);
    }

    void decide(PendingAppend append) {
        if (known.contains(append.command())) {
            answers.put(append, new Duplicate(append.command()));
            return;
        }
        StreamVersion unchanged = append.unchanged();
        if (unchanged != null) {
            long last = newest.getOrDefault(unchanged.streamId(), -1L);
            if (last != unchanged.sequence()) {
                answers.put(append, new Conflict(unchanged.streamId(), unchanged.sequence(), last));
                return;
            }
        }
        Map<String, Long> after = new HashMap<>();
        for (EventRow row : append.rows()) {
            String id = row.aggregateId();
            long last = after.getOrDefault(id, newest.getOrDefault(id, -1L));
            if (row.sequence() != last + 1) {
                answers.put(append, new Conflict(id, row.sequence() - 1, last));
                return;
            }
            after.put(id, row.sequence());
        }
        newest.putAll(after);
        known.add(append.command());
        accepted.add(append);
    }

    List<PendingAppend> accepted() {
        return accepted;
    }

    /** Gives the accepted appends their places, in the order in which they were accepted. */
    void stored(StoredBatch batch) {
        answers.putAll(batch.answers(accepted));
    }

    Map<PendingAppend, AppendResult> answers() {
        return answers;
    }
}
