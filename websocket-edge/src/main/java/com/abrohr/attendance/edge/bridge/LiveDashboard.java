package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.identity.Caller;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

/**
 * Sends the live board to a socket: a snapshot, or what has changed on a board that it had before,
 * then every delta that follows.
 */
public final class LiveDashboard {
    private static final Logger log = LoggerFactory.getLogger(LiveDashboard.class);

    private final CompanyFeeds feeds;
    private final Rooms rooms;

    LiveDashboard(CompanyFeeds feeds, Rooms rooms) {
        this.feeds = feeds;
        this.rooms = rooms;
    }

    /**
     * Sends the board to a socket, and every delta from now on.
     *
     * @param request {@code epoch} and {@code afterSeq} of a board that only needs what has changed
     * @throws Refusal FORBIDDEN for roles that may not see the company, INVALID, UNAVAILABLE when
     *     the board cannot be read
     */
    public void show(ClientSocket socket, Caller caller, JsonNode request) {
        if (!caller.role().readsCompany()) {
            throw new Refusal(
                    RefusalCode.FORBIDDEN, "the dashboard is for those who see the company");
        }
        FeedPosition has = RecoveryRequest.position(request, "");
        CompanyFeed feed = feeds.find(caller.companyId());
        FeedPosition delivered = feed == null ? null : feed.delivered();
        if (feed == null || delivered == null) {
            throw unreadable();
        }
        EncodedBoard board = read(feed.boards(), has, delivered);
        // The board may be ahead of the entries, but not of another epoch.
        feed.between(
                new FeedPosition(board.position().epoch(), 0),
                position -> show(socket, caller.companyId(), feed, board, position));
    }

    private static EncodedBoard read(
            CompanyBoards boards, @Nullable FeedPosition has, FeedPosition delivered) {
        try {
            EncodedBoard changes =
                    has == null || !has.epoch().equals(delivered.epoch())
                            ? null
                            : changes(boards, has);
            return changes == null ? boards.snapshot() : changes;
        } catch (RuntimeException e) {
            log.warn("a board cannot be read: {}", e.toString());
            throw unreadable();
        }
    }

    /** Null when only a snapshot helps. */
    private static @Nullable EncodedBoard changes(CompanyBoards boards, FeedPosition has) {
        try {
            EncodedBoard changes = boards.changes(has.seq());
            FeedPosition now = changes.position();
            return now.epoch().equals(has.epoch()) && now.seq() >= has.seq() ? changes : null;
        } catch (Refusal refusal) {
            if (refusal.code() == RefusalCode.STALE_VERSION) {
                return null;
            }
            throw refusal;
        }
    }

    private static Refusal unreadable() {
        return new Refusal(
                RefusalCode.UNAVAILABLE, ResyncReason.BOARD_UNREADABLE.text() + "; ask again");
    }

    private void show(
            ClientSocket socket,
            String companyId,
            CompanyFeed feed,
            EncodedBoard board,
            @Nullable FeedPosition delivered) {
        if (delivered == null) {
            return;
        }
        try {
            feed.boards().show(socket, board, delivered);
            FeedSubscriber.of(socket).boardShown();
            rooms.join(RoomNames.dashboard(companyId), socket);
        } catch (RuntimeException e) {
            log.warn("the board cannot be brought up to date: {}", e.toString());
            socket.send(WirePayloads.resync(ResyncReason.BOARD_UNREADABLE, delivered));
        } catch (Error e) {
            // Without a board and without an error the client would wait for ever.
            socket.disconnect(CloseReason.INTERNAL_ERROR);
            throw e;
        }
    }
}
