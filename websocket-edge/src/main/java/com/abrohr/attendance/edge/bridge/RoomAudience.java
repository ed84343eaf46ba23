package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.bridge.Follower.Telling;
import com.abrohr.attendance.edge.socketio.Frame;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.FeedUpdate;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Tells feed entries to the rooms that may hear them; every frame is encoded once, and only where
 * somebody listens.
 */
final class RoomAudience implements FeedAudience {

    private final Rooms rooms;
    private final BoardCounts counts;

    RoomAudience(Rooms rooms, BoardCounts counts) {
        this.rooms = rooms;
        this.counts = counts;
    }

    @Override
    public void deliver(String companyId, List<FeedEntry> entries) {
        // Boards are told of all these entries together, afterwards.
        long boardSeq = entries.getFirst().seq() - 1;
        for (FeedEntry entry : entries) {
            tell(entry, boardSeq);
        }
        String dashboard = RoomNames.dashboard(companyId);
        if (!rooms.isEmpty(dashboard)) {
            long last = entries.getLast().seq();
            rooms.broadcast(
                    dashboard, new Telling(DashboardPayloads.delta(entries), last, last)::to);
            counts.changed(companyId);
        }
    }

    @Override
    public void resync(String companyId, String reason, FeedPosition now) {
        rooms.broadcast(RoomNames.company(companyId), WirePayloads.resync(reason, now));
    }

    private void tell(FeedEntry entry, long boardSeq) {
        String managers = RoomNames.managers(entry.companyId());
        String employee = RoomNames.user(entry.companyId(), entry.employeeId());
        if (!rooms.isEmpty(managers)) {
            Telling telling = telling(EntryEvents.toManagers(entry), entry, boardSeq);
            if (telling != null) {
                rooms.broadcast(managers, telling::to);
            }
        }
        if (!rooms.isEmpty(employee)) {
            Telling telling = telling(EntryEvents.toEmployee(entry), entry, boardSeq);
            if (telling == null) {
                return;
            }
            if (EntryEvents.sameForBoth(entry)) {
                rooms.broadcastOutside(managers, employee, telling::to);
                return;
            }
            Telling toSender = telling(EntryEvents.toSender(entry), entry, boardSeq);
            String commandId = commandIdOf(entry);
            rooms.broadcast(
                    employee,
                    socket ->
                            toSender != null && Follower.of(socket).sent(commandId)
                                    ? toSender.to(socket)
                                    : telling.to(socket));
        }
    }

    private static String commandIdOf(FeedEntry entry) {
        return entry.update() instanceof FeedUpdate.Punched punched ? punched.commandId() : "";
    }

    private static @Nullable Telling telling(
            @Nullable Frame frame, FeedEntry entry, long boardSeq) {
        return frame == null ? null : new Telling(frame, entry.seq(), boardSeq);
    }
}
