package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.query.board.EmployeeFacts;
import com.abrohr.attendance.query.board.PresenceRule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what some events change on a board. */
final class DeltaBuilder {

    private final Map<String, EmployeeFacts> tiles = new LinkedHashMap<>();
    private final Map<String, LeaveRequestView> asked = new LinkedHashMap<>();
    private final Set<String> noLongerPending = new LinkedHashSet<>();
    private final List<BoardActivity> activity = new ArrayList<>();

    void tileChanged(EmployeeFacts facts) {
        tiles.put(facts.employeeId(), facts);
    }

    void asked(LeaveRequestView request) {
        asked.put(request.id(), request);
        noLongerPending.remove(request.id());
    }

    void noLongerPending(String leaveId) {
        asked.remove(leaveId);
        noLongerPending.add(leaveId);
    }

    void add(BoardActivity line) {
        activity.add(line);
    }

    BoardDelta delta(long seq, Instant now) {
        return new BoardDelta(
                seq,
                tiles.values().stream().map(facts -> PresenceRule.at(facts, now)).toList(),
                List.copyOf(asked.values()),
                List.copyOf(noLongerPending),
                activity);
    }
}
