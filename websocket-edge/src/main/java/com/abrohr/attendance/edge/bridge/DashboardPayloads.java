package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.OutboundEvent;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.PresenceCounts;
import com.abrohr.attendance.messages.leave.LeaveRequestView;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** dashboard_snapshot and dashboard_delta. */
final class DashboardPayloads {
    private DashboardPayloads() {}

    /** dashboard_snapshot. */
    static OutboundEvent snapshot(DashboardView view) {
        return OutboundEvent.event("dashboard_snapshot", whole(view));
    }

    static Snapshot whole(DashboardView view) {
        return new Snapshot(
                view.position().epoch(),
                view.position().seq(),
                view.asOf(),
                all(view.counts()),
                view.rows(),
                view.pendingLeave(),
                view.activity());
    }

    /** dashboard_counts. */
    static Counts counts(PresenceCounts counts) {
        return new Counts(counts.position().seq(), counts.asOf(), all(counts.counts()));
    }

    private static Map<Presence, Integer> all(Map<Presence, Integer> counts) {
        Map<Presence, Integer> all = new EnumMap<>(Presence.class);
        for (Presence presence : Presence.values()) {
            all.put(presence, counts.getOrDefault(presence, 0));
        }
        return all;
    }

    /** dashboard_delta. */
    static OutboundEvent delta(BoardDelta delta) {
        return OutboundEvent.event("dashboard_delta", changes(delta));
    }

    static Delta changes(BoardDelta delta) {
        return new Delta(
                delta.seq(),
                delta.rows(),
                new InboxChange(delta.pending(), delta.noLongerPending()),
                delta.activity());
    }

    record Counts(long seq, Instant asOf, Map<Presence, Integer> counts) {}

    record Snapshot(
            String epoch,
            long seq,
            Instant asOf,
            Map<Presence, Integer> counts,
            List<PresenceView> rows,
            List<LeaveRequestView> pendingLeave,
            List<BoardActivity> activity) {}

    record Delta(
            long seq,
            List<PresenceView> rows,
            InboxChange pendingLeave,
            List<BoardActivity> activity) {}

    record InboxChange(List<LeaveRequestView> upsert, List<String> remove) {}
}
