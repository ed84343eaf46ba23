package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.bridge.PendingSubscription.BoardRecovery;
import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.OutboundEvent;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.identity.Caller;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/**
 * Reads what a client missed between its last connection and this one. Nothing is kept for clients
 * that are away, so any node can do it.
 */
final class FeedRecovery {
    private static final Logger log = LoggerFactory.getLogger(FeedRecovery.class);

    /** Characters that are sent one by one: well below what may wait for one client. */
    private static final long MAX_MISSED = 320 * 1024;

    private FeedRecovery() {}

    /** Blocks. */
    static PendingSubscription prepare(CompanyFeed feed, Caller caller, RecoveryRequest request) {
        FeedPosition delivered = feed.delivered();
        if (delivered == null) {
            // The CONNECT response has no pid, so offsets would be of no use.
            RecoveryRequest deferred = request.returns() ? request.withoutRecovery() : null;
            return new PendingSubscription(
                    caller, false, null, List.of(), null, null, false, deferred, null);
        }
        if (!request.returns()) {
            return fromHere(caller, request, delivered, null);
        }
        RecoveryPoint point = RecoveryPoint.of(request, delivered.epoch(), caller);
        if (point == null) {
            return fromHere(caller, request, delivered, ResyncReason.EPOCH_CHANGED);
        }
        try {
            return from(point, feed, caller, request);
        } catch (RuntimeException e) {
            log.warn("what a client missed cannot be read: {}", e.toString());
            return fromHere(
                    caller,
                    request,
                    delivered,
                    e instanceof Refusal ? ResyncReason.TOO_MUCH : ResyncReason.UNREADABLE);
        }
    }

    private static PendingSubscription from(
            RecoveryPoint point, CompanyFeed feed, Caller caller, RecoveryRequest request) {
        FeedPage page = feed.entries().read(onlyEmployee(caller), point.seq());
        FeedPosition now = page.position();
        Long boardSeq = caller.role().readsCompany() ? point.boardSeq() : null;
        long highest = boardSeq == null ? point.seq() : Math.max(point.seq(), boardSeq);
        if (!now.epoch().equals(point.epoch()) || now.seq() < highest) {
            return fromHere(caller, request, now, ResyncReason.EPOCH_CHANGED);
        }
        if (page.more() || page.entries().size() >= FeedReader.LIMIT) {
            return fromHere(caller, request, now, ResyncReason.TOO_MUCH);
        }
        BoardRecovery board =
                boardSeq == null
                        ? null
                        : new BoardRecovery(boardSeq, feed.boards().changes(boardSeq));
        List<OutboundEvent> missed =
                ServerEvents.missed(caller, page.entries(), request.recovers(), boardSeq);
        long length = board == null ? 0 : board.changes().length();
        if (length + missed.stream().mapToLong(OutboundEvent::length).sum() > MAX_MISSED) {
            return fromHere(caller, request, now, ResyncReason.TOO_MUCH);
        }
        return new PendingSubscription(
                caller,
                request.recovers(),
                request.recovers() ? point.pid() : null,
                missed,
                now,
                board,
                true,
                null,
                null);
    }

    private static PendingSubscription fromHere(
            Caller caller,
            RecoveryRequest request,
            FeedPosition now,
            @Nullable ResyncReason resync) {
        return new PendingSubscription(
                caller,
                request.recovers(),
                request.recovers() ? RecoveryId.startingAt(now, caller).text() : null,
                List.of(),
                now,
                null,
                false,
                null,
                resync);
    }

    /** Whose entries alone a caller gets; null for those of the whole company. */
    private static @Nullable String onlyEmployee(Caller caller) {
        return caller.role().watchesCompany() ? null : caller.employeeId();
    }

    /**
     * Sends what the client missed, up to the last entry delivered. To be called between two
     * deliveries; may block.
     *
     * @return why it cannot be sent; null when it was
     */
    static @Nullable ResyncReason send(
            ClientSocket socket,
            CompanyFeed feed,
            PendingSubscription pending,
            FeedPosition delivered) {
        FeedPosition readTo = pending.readTo();
        if (readTo == null) {
            return null;
        }
        if (!delivered.epoch().equals(readTo.epoch())) {
            return ResyncReason.EPOCH_CHANGED;
        }
        if (delivered.seq() < readTo.seq()) {
            return ResyncReason.UNREADABLE;
        }
        Caller caller = pending.caller();
        List<FeedEntry> rest;
        try {
            rest = feed.entries().between(onlyEmployee(caller), readTo.seq(), delivered.seq());
        } catch (RuntimeException e) {
            log.warn("what a client missed cannot be read: {}", e.toString());
            return ResyncReason.UNREADABLE;
        }
        BoardRecovery board = pending.board();
        Long boardSeq = board == null ? null : (Long) board.seq();
        pending.missed().forEach(socket::send);
        ServerEvents.missed(caller, rest, pending.recovers(), boardSeq).forEach(socket::send);
        return null;
    }
}
