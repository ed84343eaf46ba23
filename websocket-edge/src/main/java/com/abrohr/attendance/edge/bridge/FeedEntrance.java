package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.Frame;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.identity.Caller;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * Lets sockets into the rooms of their company so that each hears every entry that it may hear,
 * once and in order: first what it missed, as far as it says what it has heard, then what comes.
 * Nothing is kept for clients that are away, so any node can let them in.
 */
public final class FeedEntrance {

    private static final Logger log = LoggerFactory.getLogger(FeedEntrance.class);

    /** Characters that are sent one by one: well below what may wait for one client. */
    private static final long MISSED_LIMIT = 320 * 1024;

    private final FeedBridge bridge;
    private final Rooms rooms;

    FeedEntrance(FeedBridge bridge, Rooms rooms) {
        this.bridge = bridge;
        this.rooms = rooms;
    }

    /**
     * Follows the feed for one more socket and reads what it missed. Blocks; to be followed by
     * {@link #leave}, unless it throws.
     *
     * @param auth the payload of the client's CONNECT
     * @param recovery what the query of its handshake says of connection-state recovery
     * @throws Refusal INVALID for a claim that nobody can read
     */
    public Arrival arrive(Caller caller, JsonNode auth, RecoveryChoice recovery) {
        ResumeClaim claim = ResumeClaim.of(auth);
        if (recovery == RecoveryChoice.WITHOUT) {
            claim = claim.withoutRecovery();
        }
        CompanyFeed feed = bridge.enter(caller.companyId());
        try {
            return arrival(feed, caller, claim);
        } catch (RuntimeException | Error e) {
            bridge.leave(caller.companyId());
            throw e;
        }
    }

    public void leave(Caller caller) {
        bridge.leave(caller.companyId());
    }

    private static Arrival arrival(CompanyFeed feed, Caller caller, ResumeClaim claim) {
        FeedPosition delivered = feed.delivered();
        if (delivered == null) {
            return new Arrival(
                    caller,
                    false,
                    null,
                    List.of(),
                    null,
                    null,
                    false,
                    // The CONNECT answer has no pid, so offsets would be of no use.
                    claim.returns() ? claim.withoutRecovery() : null,
                    null);
        }
        if (!claim.returns()) {
            return afresh(caller, claim, delivered, null);
        }
        Resumption resumption = Resumption.of(claim, delivered.epoch(), caller);
        if (resumption == null) {
            return afresh(caller, claim, delivered, ResyncReason.EPOCH_CHANGED);
        }
        try {
            return resumed(feed, caller, claim, resumption);
        } catch (RuntimeException e) {
            log.warn("what a client missed cannot be read: {}", e.toString());
            return afresh(
                    caller,
                    claim,
                    delivered,
                    e instanceof Refusal ? ResyncReason.TOO_MUCH : ResyncReason.UNREADABLE);
        }
    }

    private static Arrival resumed(
            CompanyFeed feed, Caller caller, ResumeClaim claim, Resumption from) {
        FeedPage page = feed.entries().read(heardEmployee(caller), from.seq());
        FeedPosition now = page.position();
        Long boardSeq = caller.role().readsCompany() ? from.boardSeq() : null;
        long claimed = boardSeq == null ? from.seq() : Math.max(from.seq(), boardSeq);
        if (!now.epoch().equals(from.epoch()) || now.seq() < claimed) {
            return afresh(caller, claim, now, ResyncReason.EPOCH_CHANGED);
        }
        if (page.more() || page.entries().size() >= FeedReader.LIMIT) {
            return afresh(caller, claim, now, ResyncReason.TOO_MUCH);
        }
        Arrival.BoardResumption board =
                boardSeq == null
                        ? null
                        : new Arrival.BoardResumption(boardSeq, feed.boards().changes(boardSeq));
        List<Frame> missed = EntryEvents.to(caller, page.entries(), claim.recovers(), boardSeq);
        long length = board == null ? 0 : board.changes().length();
        if (length + missed.stream().mapToLong(Frame::length).sum() > MISSED_LIMIT) {
            return afresh(caller, claim, now, ResyncReason.TOO_MUCH);
        }
        return new Arrival(
                caller,
                claim.recovers(),
                claim.recovers() ? from.pid() : null,
                missed,
                now,
                board,
                true,
                null,
                null);
    }

    private static Arrival afresh(
            Caller caller, ResumeClaim claim, FeedPosition now, @Nullable ResyncReason resync) {
        return new Arrival(
                caller,
                claim.recovers(),
                claim.recovers() ? RecoveryId.startingAt(now, caller).text() : null,
                List.of(),
                now,
                null,
                false,
                null,
                resync);
    }

    /** About whom a caller hears; null for everybody. */
    private static @Nullable String heardEmployee(Caller caller) {
        return caller.role().watchesCompany() ? null : caller.employeeId();
    }

    /**
     * Sends the socket what it missed and puts it into its rooms. What happens from now on comes
     * after that.
     */
    public void enter(ClientSocket socket, Arrival arrival) {
        CompanyFeed feed = bridge.feedOf(arrival.caller().companyId());
        if (feed == null) {
            throw new IllegalStateException("an arrival is counted before it enters");
        }
        feed.between(
                arrival.heardTo(),
                delivered -> {
                    try {
                        ResumeClaim unread = arrival.unread();
                        if (unread != null && delivered != null) {
                            enter(socket, arrival(feed, arrival.caller(), unread));
                        } else {
                            enter(socket, feed, arrival, delivered);
                        }
                    } catch (RuntimeException | Error e) {
                        // A socket in no room would hear nothing for ever; it may come back.
                        socket.disconnect(CloseReason.INTERNAL_ERROR);
                        throw e;
                    }
                });
    }

    private void enter(
            ClientSocket socket,
            CompanyFeed feed,
            Arrival arrival,
            @Nullable FeedPosition delivered) {
        ResyncReason resync = arrival.resync();
        Long boardSeq = null;
        if (delivered != null && resync == null) {
            resync = sendMissed(socket, feed, arrival, delivered);
            Arrival.BoardResumption board = arrival.board();
            if (resync == null && board != null) {
                try {
                    boardSeq = feed.boards().show(socket, board.changes(), delivered);
                } catch (RuntimeException e) {
                    log.warn("a board cannot be brought up to date: {}", e.toString());
                    resync = ResyncReason.BOARD_UNREADABLE;
                }
            }
        }
        join(socket, arrival.caller(), boardSeq != null);
        if (delivered == null) {
            // Its company gets resync_required once the feed is followed.
            return;
        }
        if (resync != null) {
            socket.send(WirePayloads.resync(resync, delivered));
        }
        Frame position = WirePayloads.position(delivered, arrival.resumed() && resync == null);
        // With an offset, because client libraries keep the last one they were given, whatever the
        // pid that came with it.
        socket.send(
                arrival.recovers()
                        ? position.withOffset(new FeedOffset(delivered.seq(), boardSeq).text())
                        : position);
    }

    /** Answers why it cannot be sent; null when it was. */
    private static @Nullable ResyncReason sendMissed(
            ClientSocket socket, CompanyFeed feed, Arrival arrival, FeedPosition delivered) {
        FeedPosition heardTo = arrival.heardTo();
        if (heardTo == null) {
            return null;
        }
        if (!delivered.epoch().equals(heardTo.epoch())) {
            return ResyncReason.EPOCH_CHANGED;
        }
        if (delivered.seq() < heardTo.seq()) {
            return ResyncReason.UNREADABLE;
        }
        Caller caller = arrival.caller();
        List<FeedEntry> rest;
        try {
            rest = feed.entries().between(heardEmployee(caller), heardTo.seq(), delivered.seq());
        } catch (RuntimeException e) {
            log.warn("what a client missed cannot be read: {}", e.toString());
            return ResyncReason.UNREADABLE;
        }
        Arrival.BoardResumption board = arrival.board();
        Long boardSeq = board == null ? null : (Long) board.seq();
        arrival.missed().forEach(socket::send);
        EntryEvents.to(caller, rest, arrival.recovers(), boardSeq).forEach(socket::send);
        return null;
    }

    private void join(ClientSocket socket, Caller caller, boolean withBoard) {
        rooms.join(RoomNames.user(caller.companyId(), caller.employeeId()), socket);
        rooms.join(RoomNames.company(caller.companyId()), socket);
        if (caller.role().watchesCompany()) {
            rooms.join(RoomNames.managers(caller.companyId()), socket);
        }
        if (withBoard) {
            Follower.of(socket).beginBoard();
            rooms.join(RoomNames.dashboard(caller.companyId()), socket);
        }
    }
}
