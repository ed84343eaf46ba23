package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.Frame;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.feed.PresenceCounts;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** dashboard_snapshot and dashboard_delta. */
final class DashboardPayloads {

    private DashboardPayloads() {}

    static Snapshot snapshot(DashboardView view) {
        return new Snapshot(
                view.position().epoch(),
                view.position().seq(),
                view.asOf(),
                all(view.counts()),
                view.rows(),
                view.pendingLeave(),
                view.activity().stream().map(DashboardPayloads::activity).toList());
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

    /** dashboard_delta for entries that follow each other; at least one. */
    static Frame delta(List<FeedEntry> entries) {
        return delta(entries.getFirst().seq() - 1, entries.getLast().seq(), entries);
    }

    /**
     * @param entries all from {@code prev} to {@code seq}; none when these are equal, which tells a
     *     board that it is up to date
     */
    static Frame delta(long prev, long seq, List<FeedEntry> entries) {
        return Frame.event("dashboard_delta", changes(prev, seq, entries));
    }

    /** The last tile of each employee, every activity, oldest first. */
    static Delta changes(long prev, long seq, List<FeedEntry> entries) {
        Map<String, PresenceView> rows = new LinkedHashMap<>();
        Map<String, LeaveRequestView> asked = new LinkedHashMap<>();
        Set<String> decided = new LinkedHashSet<>();
        List<Activity> activity = new ArrayList<>();
        for (FeedEntry entry : entries) {
            if (entry.presence() != null) {
                rows.put(entry.employeeId(), entry.presence());
            }
            switch (entry.update()) {
                case FeedUpdate.LeaveRequested(LeaveRequestView request) ->
                        asked.put(request.id(), request);
                case FeedUpdate.LeaveChanged(LeaveRequestView request) -> {
                    asked.remove(request.id());
                    decided.add(request.id());
                }
                case FeedUpdate.Punched _,
                        FeedUpdate.SessionCorrected _,
                        FeedUpdate.EmployeeJoined _,
                        FeedUpdate.PresenceUnknown _ -> {}
            }
            activity.add(activity(entry));
        }
        return new Delta(
                seq,
                prev,
                List.copyOf(rows.values()),
                new InboxChange(List.copyOf(asked.values()), List.copyOf(decided)),
                activity);
    }

    private static Activity activity(FeedEntry entry) {
        PresenceView tile = entry.presence();
        return switch (entry.update()) {
            case FeedUpdate.Punched punched ->
                    new Activity(
                            entry.seq(),
                            "PUNCH_" + punched.type(),
                            entry.employeeId(),
                            nameIn(tile),
                            punched.occurredAt(),
                            null);
            case FeedUpdate.SessionCorrected(var session) ->
                    new Activity(
                            entry.seq(),
                            "SESSION_CORRECTED",
                            entry.employeeId(),
                            nameIn(tile),
                            entry.recordedAt(),
                            session.id());
            case FeedUpdate.LeaveRequested(LeaveRequestView request) ->
                    leaveActivity(entry, "LEAVE_REQUESTED", request);
            case FeedUpdate.LeaveChanged(LeaveRequestView request) ->
                    leaveActivity(entry, "LEAVE_" + statusWord(request.status()), request);
            case FeedUpdate.EmployeeJoined() ->
                    new Activity(
                            entry.seq(),
                            "EMPLOYEE_JOINED",
                            entry.employeeId(),
                            nameIn(tile),
                            entry.recordedAt(),
                            null);
            case FeedUpdate.PresenceUnknown() ->
                    new Activity(
                            entry.seq(),
                            "PRESENCE_UNKNOWN",
                            entry.employeeId(),
                            nameIn(tile),
                            entry.recordedAt(),
                            null);
        };
    }

    private static Activity leaveActivity(FeedEntry entry, String kind, LeaveRequestView request) {
        return new Activity(
                entry.seq(),
                kind,
                entry.employeeId(),
                request.displayName(),
                entry.recordedAt(),
                request.leaveType() + " " + request.startDate() + " – " + request.endDate());
    }

    private static String statusWord(LeaveStatus status) {
        return switch (status) {
            case PENDING -> "REQUESTED";
            case APPROVED, REJECTED, WITHDRAWN -> status.name();
        };
    }

    private static @Nullable String nameIn(@Nullable PresenceView tile) {
        return tile == null ? null : tile.displayName();
    }

    record Counts(long seq, Instant asOf, Map<Presence, Integer> counts) {}

    record Snapshot(
            String epoch,
            long seq,
            Instant asOf,
            Map<Presence, Integer> counts,
            List<PresenceView> rows,
            List<LeaveRequestView> pendingLeave,
            List<Activity> activity) {}

    record Delta(
            long seq,
            long prev,
            List<PresenceView> rows,
            InboxChange pendingLeave,
            List<Activity> activity) {}

    record InboxChange(List<LeaveRequestView> upsert, List<String> remove) {}

    record Activity(
            long seq,
            String kind,
            String employeeId,
            @Nullable String displayName,
            Instant at,
            @Nullable String detail) {}
}
