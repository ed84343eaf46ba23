package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest decisions and withdrawals of leave requests of a company. */
final class RecentDecisions {
    private static final int MAX = 1_000;

    private record Decision(long seq, String leaveId) {}

    private final Deque<Decision> decisions = new ArrayDeque<>();
    private long coveredAfter = Long.MAX_VALUE;

    /** Decisions after this number are remembered from now on. */
    void beginAt(long seq) {
        if (coveredAfter == Long.MAX_VALUE) {
            coveredAfter = seq;
        }
    }

    void remember(FeedEntry entry) {
        if (entry.update() instanceof FeedUpdate.LeaveChanged(FeedUpdate.Leave leave)) {
            if (decisions.size() == MAX) {
                coveredAfter = decisions.removeFirst().seq();
            }
            decisions.addLast(new Decision(entry.seq(), leave.id()));
        }
    }

    /** Whether all decisions after a number are remembered. */
    boolean coversSince(long seq) {
        return seq >= coveredAfter;
    }

    /** Ids of the requests decided after a number, as far as they are remembered. */
    List<String> after(long seq) {
        return decisions.stream()
                .filter(decision -> decision.seq() > seq)
                .map(Decision::leaveId)
                .toList();
    }
}
