package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.OutboundEvent;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.identity.Caller;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.time.Clock;

/**
 * Subscribes sockets to the feed of their company so that each gets every entry that it may see,
 * once and in order: first what it missed, as far as it says what it has received, then what comes.
 */
public final class FeedSubscriptions {
    private static final Logger log = LoggerFactory.getLogger(FeedSubscriptions.class);

    private final CompanyFeeds feeds;
    private final Rooms rooms;
    private final Clock clock;

    FeedSubscriptions(CompanyFeeds feeds, Rooms rooms, Clock clock) {
        this.feeds = feeds;
        this.rooms = rooms;
        this.clock = clock;
    }

    /**
     * Follows the feed for one more socket and reads what it missed. Blocks; to be followed by
     * {@link #unsubscribe}, unless it throws.
     *
     * @param auth the payload of the client's CONNECT
     * @param query the raw query of its handshake
     * @throws Refusal INVALID for a malformed recovery request
     */
    public PendingSubscription prepare(Caller caller, JsonNode auth, String query) {
        RecoveryRequest request = RecoveryRequest.of(auth, query);
        CompanyFeed feed = feeds.acquire(caller.companyId());
        try {
            return FeedRecovery.prepare(feed, caller, request);
        } catch (RuntimeException | Error e) {
            feeds.release(caller.companyId());
            throw e;
        }
    }

    /**
     * Sends the socket what it missed and puts it into its rooms. What happens from now on comes
     * after that.
     */
    public void subscribe(ClientSocket socket, PendingSubscription pending) {
        CompanyFeed feed = feeds.find(pending.caller().companyId());
        if (feed == null) {
            throw new IllegalStateException("a subscription is prepared before");
        }
        feed.between(
                pending.readTo(),
                delivered -> {
                    try {
                        RecoveryRequest deferred = pending.deferred();
                        if (deferred != null && delivered != null) {
                            subscribe(
                                    socket, FeedRecovery.prepare(feed, pending.caller(), deferred));
                        } else {
                            subscribe(socket, feed, pending, delivered);
                        }
                    } catch (RuntimeException | Error e) {
                        // A socket in no room would never get anything; it may connect again.
                        socket.disconnect(CloseReason.INTERNAL_ERROR);
                        throw e;
                    }
                });
    }

    private void subscribe(
            ClientSocket socket,
            CompanyFeed feed,
            PendingSubscription pending,
            @Nullable FeedPosition delivered) {
        ResyncReason resync = pending.resync();
        Long boardSeq = null;
        if (delivered != null && resync == null) {
            resync = FeedRecovery.send(socket, feed, pending, delivered);
            PendingSubscription.BoardRecovery board = pending.board();
            if (resync == null && board != null) {
                try {
                    boardSeq = feed.boards().show(socket, board.changes(), delivered);
                } catch (RuntimeException e) {
                    log.warn("a board cannot be brought up to date: {}", e.toString());
                    resync = ResyncReason.BOARD_UNREADABLE;
                }
            }
        }
        join(socket, pending.caller(), boardSeq != null);
        if (delivered == null) {
            // Its company gets resync_required once the feed is followed.
            return;
        }
        if (resync != null) {
            socket.send(WirePayloads.resync(resync, delivered));
        }
        OutboundEvent position =
                WirePayloads.position(
                        delivered, pending.resumed() && resync == null, clock.instant());
        // With an offset, because client libraries keep the last one they were given, whatever the
        // pid that came with it.
        socket.send(
                pending.recovers()
                        ? position.withOffset(new FeedOffset(delivered.seq(), boardSeq).text())
                        : position);
    }

    private void join(ClientSocket socket, Caller caller, boolean withBoard) {
        rooms.join(RoomNames.user(caller.companyId(), caller.employeeId()), socket);
        rooms.join(RoomNames.company(caller.companyId()), socket);
        if (caller.role().watchesCompany()) {
            rooms.join(RoomNames.managers(caller.companyId()), socket);
        }
        if (withBoard) {
            FeedSubscriber.of(socket).boardShown();
            rooms.join(RoomNames.dashboard(caller.companyId()), socket);
        }
    }

    /** The socket has gone; its rooms have been left before. */
    public void unsubscribe(Caller caller) {
        feeds.release(caller.companyId());
    }
}
