package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.OutboundEvent;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPosition;

import java.util.function.Supplier;

/** Delivers to the rooms; an event for an empty room is not encoded. */
final class RoomAudience implements FeedAudience {
    private final Rooms rooms;
    private final PresenceCountPublisher counts;

    RoomAudience(Rooms rooms, PresenceCountPublisher counts) {
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
        ServerEvents.Announcement announcement = ServerEvents.of(entry);
        if (announcement == null) {
            return;
        }
        String managers = RoomNames.managers(entry.companyId());
        String employee = RoomNames.user(entry.companyId(), entry.employeeId());
        EncodedEvent toManagers =
                new EncodedEvent(announcement.toManagers(), entry.seq(), boardSeq);
        rooms.broadcast(managers, toManagers::to);
        Supplier<OutboundEvent> employeeEvent = announcement.toEmployee();
        if (employeeEvent == null) {
            rooms.broadcastOutside(managers, employee, toManagers::to);
            return;
        }
        EncodedEvent toEmployee = new EncodedEvent(employeeEvent, entry.seq(), boardSeq);
        Supplier<OutboundEvent> senderEvent = announcement.toSender();
        if (senderEvent == null) {
            rooms.broadcast(employee, toEmployee::to);
            return;
        }
        EncodedEvent toSender = new EncodedEvent(senderEvent, entry.seq(), boardSeq);
        String commandId = announcement.commandId();
        rooms.broadcast(
                employee,
                socket ->
                        (FeedSubscriber.of(socket).sent(commandId) ? toSender : toEmployee)
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
}
