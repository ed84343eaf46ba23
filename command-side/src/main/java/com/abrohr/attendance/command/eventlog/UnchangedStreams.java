package com.abrohr.attendance.command.eventlog;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The streams that commands of a batch were decided on besides their own aggregates: nothing may
 * have been appended to them since.
 */
final class UnchangedStreams {

    private final Set<StreamVersion> versions = new LinkedHashSet<>();

    private UnchangedStreams() {}

    static UnchangedStreams of(List<PendingAppend> appends) {
        UnchangedStreams streams = new UnchangedStreams();
        for (PendingAppend append : appends) {
            StreamVersion unchanged = append.unchanged();
            if (unchanged != null) {
                streams.versions.add(unchanged);
            }
        }
        return streams;
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
        return versions.stream().map(StreamVersion::streamId).toArray(String[]::new);
    }

    Long[] sequences() {
        return versions.stream().map(StreamVersion::sequence).toArray(Long[]::new);
    }
}
