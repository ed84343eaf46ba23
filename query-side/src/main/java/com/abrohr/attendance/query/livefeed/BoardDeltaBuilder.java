package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.leave.LeaveRequestView;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what some events change on a board. */
public final class BoardDeltaBuilder {
    private final Set<String> tiles = new LinkedHashSet<>();
    private final Map<String, LeaveRequestView> pending = new LinkedHashMap<>();
    private final Set<String> noLongerPending = new LinkedHashSet<>();
    private final List<BoardActivity> activity = new ArrayList<>();

    void tileChanged(String employeeId) {
        tiles.add(employeeId);
    }

    public void pending(LeaveRequestView request) {
        pending.put(request.id(), request);
        noLongerPending.remove(request.id());
    }

    public void noLongerPending(String leaveId) {
        pending.remove(leaveId);
        noLongerPending.add(leaveId);
    }

    void add(BoardActivity line) {
        activity.add(line);
    }

    BoardDelta delta(LiveBoard board, Instant now) {
        return new BoardDelta(
                board.seq(),
                tiles.stream().map(employee -> board.tile(employee, now)).toList(),
                List.copyOf(pending.values()),
                List.copyOf(noLongerPending),
                activity);
    }
}
