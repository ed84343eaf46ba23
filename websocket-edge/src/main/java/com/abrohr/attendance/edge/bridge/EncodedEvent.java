package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.OutboundEvent;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/**
 * One numbered event in the three forms that sockets get it, each encoded once, when the first
 * socket needs it. Used by one thread at a time.
 */
final class EncodedEvent {
    private final Supplier<OutboundEvent> event;
    private final long seq;
    private final long boardSeq;
    private @Nullable OutboundEvent plain;
    private @Nullable OutboundEvent recoverable;
    private @Nullable OutboundEvent withBoard;

    /**
     * @param boardSeq where live boards stand when a socket was sent this and nothing after
     */
    EncodedEvent(Supplier<OutboundEvent> event, long seq, long boardSeq) {
        this.event = event;
        this.seq = seq;
        this.boardSeq = boardSeq;
    }

    OutboundEvent to(ClientSocket socket) {
        FeedSubscriber follower = FeedSubscriber.of(socket);
        if (!follower.recovers()) {
            return plain();
        }
        return follower.hasBoard() ? withBoard() : recoverable();
    }

    private OutboundEvent plain() {
        OutboundEvent known = plain;
        if (known == null) {
            known = event.get();
            plain = known;
        }
        return known;
    }

    private OutboundEvent recoverable() {
        OutboundEvent known = recoverable;
        if (known == null) {
            known = plain().withOffset(new FeedOffset(seq, null).text());
            recoverable = known;
        }
        return known;
    }

    private OutboundEvent withBoard() {
        OutboundEvent known = withBoard;
        if (known == null) {
            known = plain().withOffset(new FeedOffset(seq, boardSeq).text());
            withBoard = known;
        }
        return known;
    }
}
