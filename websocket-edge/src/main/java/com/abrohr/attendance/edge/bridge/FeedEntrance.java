package com.abrohr.attendance.edge.bridge;

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

import java.util.ArrayList;
import java.util.List;

/**
 * Lets sockets into the rooms of their company so that each hears every entry that it may hear,
 * once and in order: first what it missed, as far as it says what it has heard, then what comes.
 * Nothing is kept for clients that are away, so any node can let them in.
 */
public final class FeedEntrance {

    private static final Logger log = LoggerFactory.getLogger(FeedEntrance.class);

    private static final String UNREADABLE = "what was missed cannot be read now";
    private static final String NUMBERED_ANEW = "the feed was numbered anew";
    private static final String TOO_MUCH = "too much was missed";

    /** Characters that are told one by one: well below what may wait for one client. */
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
     * @throws Refusal INVALID for a claim that nobody can read
     */
    public Arrival arrive(Caller caller, JsonNode auth) {
        ResumeClaim claim = ResumeClaim.of(auth);
        CompanyFeed feed = bridge.enter(caller.companyId());
        try {
            return arrival(feed, caller, claim);
        } catch (RuntimeException e) {
            bridge.leave(caller.companyId());
            throw e;
        }
    }

    public void leave(Caller caller) {
        bridge.leave(caller.companyId());
    }

    private static Arrival arrival(CompanyFeed feed, Caller caller, ResumeClaim claim) {
        FeedPosition told = feed.told();
        if (told == null) {
            return new Arrival(
                    caller,
                    false,
                    null,
                    List.of(),
                    null,
                    null,
                    false,
                    claim.returns() ? UNREADABLE : null);
        }
        if (!claim.returns()) {
            return afresh(caller, claim, told, null);
        }
        Resumption resumption = Resumption.of(claim, told.epoch(), caller);
        if (resumption == null) {
            return afresh(caller, claim, told, NUMBERED_ANEW);
        }
        try {
            return resumed(feed, caller, claim, resumption);
        } catch (RuntimeException e) {
            log.warn("what a client missed cannot be read: {}", e.toString());
            return afresh(caller, claim, told, UNREADABLE);
        }
    }

    private static Arrival resumed(
            CompanyFeed feed, Caller caller, ResumeClaim claim, Resumption from) {
        Long board = caller.role().readsCompany() ? from.boardSeq() : null;
        boolean wholeCompany = caller.role().watchesCompany() || board != null;
        FeedPage page =
                feed.read(
                        wholeCompany ? null : caller.employeeId(),
                        board == null ? from.seq() : Math.min(from.seq(), board));
        FeedPosition now = page.position();
        if (!now.epoch().equals(from.epoch()) || now.seq() < from.seq()) {
            return afresh(caller, claim, now, NUMBERED_ANEW);
        }
        if (page.entries().size() >= FeedReader.LIMIT) {
            return afresh(caller, claim, now, TOO_MUCH);
        }
        List<FeedEntry> unheard =
                page.entries().stream().filter(entry -> entry.seq() > from.seq()).toList();
        List<Frame> missed =
                tellings(caller, claim.recovers(), unheard, board, page.entries(), now.seq());
        if (missed.stream().mapToLong(Frame::length).sum() > MISSED_LIMIT) {
            return afresh(caller, claim, now, TOO_MUCH);
        }
        return new Arrival(
                caller,
                claim.recovers(),
                claim.recovers() ? from.pid() : null,
                missed,
                now,
                board == null ? null : (Long) Math.max(board, now.seq()),
                true,
                null);
    }

    private static Arrival afresh(
            Caller caller, ResumeClaim claim, FeedPosition now, @Nullable String resync) {
        return new Arrival(
                caller,
                claim.recovers(),
                claim.recovers() ? RecoveryId.startingAt(now, caller).text() : null,
                List.of(),
                now,
                null,
                false,
                resync);
    }

    /**
     * Tells the socket what it missed and puts it into its rooms. What happens from now on is told
     * after that.
     */
    public void enter(ClientSocket socket, Arrival arrival) {
        CompanyFeed feed = bridge.feedOf(arrival.caller().companyId());
        if (feed == null) {
            throw new IllegalStateException("an arrival is counted before it enters");
        }
        long known = arrival.heardTo() == null ? 0 : arrival.heardTo().seq();
        feed.between(known, told -> enterBetween(socket, feed, arrival, told));
    }

    private void enterBetween(
            ClientSocket socket, CompanyFeed feed, Arrival arrival, @Nullable FeedPosition told) {
        String resync = arrival.resync();
        if (told != null && arrival.heardTo() != null && resync == null) {
            resync = tellUpTo(socket, feed, arrival, arrival.heardTo(), told);
        }
        join(socket, arrival);
        if (told == null) {
            // Its company is told to resynchronise once the feed is followed.
            return;
        }
        if (resync != null) {
            socket.send(WirePayloads.resync(resync, told));
        }
        Frame position = WirePayloads.position(told, arrival.resumed() && resync == null);
        Long board =
                arrival.boardSeq() == null ? null : (Long) Math.max(arrival.boardSeq(), told.seq());
        // With an offset, because client libraries keep the last one they were given, whatever the
        // pid that came with it.
        socket.send(
                arrival.recovers()
                        ? position.withOffset(new FeedOffset(told.seq(), board).text())
                        : position);
    }

    /** Answers why it cannot be told; null when it was. */
    private static @Nullable String tellUpTo(
            ClientSocket socket,
            CompanyFeed feed,
            Arrival arrival,
            FeedPosition heardTo,
            FeedPosition told) {
        if (!told.epoch().equals(heardTo.epoch())) {
            return NUMBERED_ANEW;
        }
        if (told.seq() < heardTo.seq()) {
            return UNREADABLE;
        }
        List<FeedEntry> rest;
        try {
            rest = feed.entries(heardTo.seq(), told.seq());
        } catch (RuntimeException e) {
            log.warn("what a client missed cannot be read: {}", e.toString());
            return UNREADABLE;
        }
        arrival.missed().forEach(socket::send);
        if (!rest.isEmpty()) {
            tellings(
                            arrival.caller(),
                            arrival.recovers(),
                            rest,
                            arrival.boardSeq(),
                            rest,
                            told.seq())
                    .forEach(socket::send);
        }
        return null;
    }

    /**
     * What one client hears of entries.
     *
     * @param board where its live board stands, null when it has none
     * @param boardEntries the entries after that, up to {@code to}
     */
    private static List<Frame> tellings(
            Caller caller,
            boolean recovers,
            List<FeedEntry> entries,
            @Nullable Long board,
            List<FeedEntry> boardEntries,
            long to) {
        List<Frame> frames = new ArrayList<>();
        for (FeedEntry entry : entries) {
            for (Frame frame : EntryEvents.to(caller, entry)) {
                frames.add(
                        recovers
                                ? frame.withOffset(new FeedOffset(entry.seq(), board).text())
                                : frame);
            }
        }
        if (board != null && to > board) {
            Frame delta =
                    DashboardPayloads.delta(
                            board,
                            to,
                            boardEntries.stream().filter(entry -> entry.seq() > board).toList());
            frames.add(recovers ? delta.withOffset(new FeedOffset(to, to).text()) : delta);
        }
        return frames;
    }

    private void join(ClientSocket socket, Arrival arrival) {
        Caller caller = arrival.caller();
        rooms.join(RoomNames.user(caller.companyId(), caller.employeeId()), socket);
        rooms.join(RoomNames.company(caller.companyId()), socket);
        if (caller.role().watchesCompany()) {
            rooms.join(RoomNames.managers(caller.companyId()), socket);
        }
        if (arrival.boardSeq() != null) {
            Follower.of(socket).beginBoard();
            rooms.join(RoomNames.dashboard(caller.companyId()), socket);
        }
    }
}
