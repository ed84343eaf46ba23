package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The leave requests of a company that were decided or withdrawn lately. */
final class RecentDecisions {

    private static final int MOST = 1_000;

    private record Decision(long seq, String leaveId) {}

    private final Deque<Decision> decisions = new ArrayDeque<>();
    private long completeAfter = Long.MAX_VALUE;

    /** Whatever is decided after this number will be remembered. */
    void beginAt(long seq) {
        if (completeAfter == Long.MAX_VALUE) {
            completeAfter = seq;
        }
    }

    void remember(FeedEntry entry) {
        if (entry.update() instanceof FeedUpdate.LeaveChanged(FeedUpdate.Leave leave)) {
            if (decisions.size() == MOST) {
                completeAfter = decisions.removeFirst().seq();
            }
            decisions.addLast(new Decision(entry.seq(), leave.id()));
        }
    }

    /** Whether all that was decided after a number is remembered. */
    boolean reachBackTo(long seq) {
        return seq >= completeAfter;
    }

    /** Ids of the requests decided after a number, as far as they are remembered. */
    List<String> after(long seq) {
        return decisions.stream()
                .filter(decision -> decision.seq() > seq)
                .map(Decision::leaveId)
                .toList();
    }
}
