package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.Frame;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.FeedUpdate;

import java.util.function.Function;

/** Delivers to the rooms; nothing is encoded that nobody in a room hears. */
final class RoomAudience implements FeedAudience {

    private final Rooms rooms;
    private final BoardCounts counts;

    RoomAudience(Rooms rooms, BoardCounts counts) {
        this.rooms = rooms;
        this.counts = counts;
    }

    @Override
    public int listeners(String companyId) {
        return rooms.size(RoomNames.managers(companyId))
                + rooms.size(RoomNames.dashboard(companyId));
    }

    @Override
    public boolean hasBoards(String companyId) {
        return !rooms.isEmpty(RoomNames.dashboard(companyId));
    }

    @Override
    public void deliver(FeedEntry entry, long boardSeq) {
        if (!EntryEvents.announced(entry)) {
            return;
        }
        String managers = RoomNames.managers(entry.companyId());
        String employee = RoomNames.user(entry.companyId(), entry.employeeId());
        EncodedEvent toManagers = encoded(EntryEvents::toManagers, entry, boardSeq);
        rooms.broadcast(managers, toManagers::to);
        if (EntryEvents.sameForBoth(entry)) {
            rooms.broadcastOutside(managers, employee, toManagers::to);
            return;
        }
        EncodedEvent toEmployee = encoded(EntryEvents::toEmployee, entry, boardSeq);
        if (!(entry.update() instanceof FeedUpdate.Punched punched)) {
            rooms.broadcast(employee, toEmployee::to);
            return;
        }
        EncodedEvent toSender = encoded(EntryEvents::toSender, entry, boardSeq);
        rooms.broadcast(
                employee,
                socket ->
                        (Follower.of(socket).sent(punched.commandId()) ? toSender : toEmployee)
                                .to(socket));
    }

    @Override
    public void deliver(String companyId, BoardDelta delta, long seq) {
        String dashboard = RoomNames.dashboard(companyId);
        if (rooms.isEmpty(dashboard)) {
            return;
        }
        rooms.broadcast(
                dashboard,
                new EncodedEvent(() -> DashboardPayloads.delta(delta), seq, delta.seq())::to);
        counts.changed(companyId);
    }

    @Override
    public void resync(String companyId, ResyncReason reason, FeedPosition now) {
        rooms.broadcast(RoomNames.company(companyId), WirePayloads.resync(reason, now));
    }

    @Override
    public void resyncBoards(String companyId, ResyncReason reason, FeedPosition now) {
        rooms.broadcast(RoomNames.dashboard(companyId), WirePayloads.resync(reason, now));
    }

    private static EncodedEvent encoded(
            Function<FeedEntry, Frame> event, FeedEntry entry, long boardSeq) {
        return new EncodedEvent(() -> event.apply(entry), entry.seq(), boardSeq);
    }
}
