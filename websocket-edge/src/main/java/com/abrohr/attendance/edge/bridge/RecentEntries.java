package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The entries delivered last: enough for those who come back while others are delivered to. Numbers
 * follow each other. Not thread-safe.
 */
final class RecentEntries {

    private static final int LIMIT = 256;

    /** Enough for so many punches; many companies keep this much each. */
    static final int MOST_BYTES = 128 * 1024;

    /** All but the texts that people write, with ids of usual length. */
    private static final int FIXED_BYTES = 512;

    private final ArrayDeque<FeedEntry> entries = new ArrayDeque<>();
    private int bytes;

    void add(FeedEntry entry) {
        entries.addLast(entry);
        bytes += bytesOf(entry);
        while (entries.size() > LIMIT || bytes > MOST_BYTES) {
            bytes -= bytesOf(entries.removeFirst());
        }
    }

    void clear() {
        entries.clear();
        bytes = 0;
    }

    private static int bytesOf(FeedEntry entry) {
        return switch (entry.update()) {
            case FeedUpdate.LeaveRequested(FeedUpdate.Leave leave) -> bytesOf(leave);
            case FeedUpdate.LeaveChanged(FeedUpdate.Leave leave) -> bytesOf(leave);
            case FeedUpdate.Punched _,
                    FeedUpdate.SessionCorrected _,
                    FeedUpdate.EmployeeJoined _,
                    FeedUpdate.Unannounced _ ->
                    FIXED_BYTES;
        };
    }

    private static int bytesOf(FeedUpdate.Leave leave) {
        return FIXED_BYTES + bytesOf(leave.reason()) + bytesOf(leave.comment());
    }

    private static int bytesOf(@Nullable String text) {
        return text == null ? 0 : 2 * text.length();
    }

    /** The entries after one number up to another; null when they are no longer known. */
    @Nullable List<FeedEntry> between(long afterSeq, long upToSeq) {
        if (afterSeq >= upToSeq) {
            return List.of();
        }
        if (entries.isEmpty()
                || entries.getFirst().seq() > afterSeq + 1
                || entries.getLast().seq() < upToSeq) {
            return null;
        }
        return entries.stream()
                .filter(entry -> entry.seq() > afterSeq && entry.seq() <= upToSeq)
                .toList();
    }
}
