package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.Frame;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/**
 * One numbered event in the three ways that sockets get it, each encoded when the first socket
 * needs it and only once. Used by one thread at a time.
 */
final class EncodedEvent {

    private final Supplier<Frame> event;
    private final long seq;
    private final long boardSeq;
    private @Nullable Frame plain;
    private @Nullable Frame recoverable;
    private @Nullable Frame withBoard;

    /**
     * @param boardSeq where live boards stand when a socket was sent this and nothing after
     */
    EncodedEvent(Supplier<Frame> event, long seq, long boardSeq) {
        this.event = event;
        this.seq = seq;
        this.boardSeq = boardSeq;
    }

    Frame to(ClientSocket socket) {
        Follower follower = Follower.of(socket);
        if (!follower.recovers()) {
            return plain();
        }
        return follower.hasBoard() ? withBoard() : recoverable();
    }

    private Frame plain() {
        Frame known = plain;
        if (known == null) {
            known = event.get();
            plain = known;
        }
        return known;
    }

    private Frame recoverable() {
        Frame known = recoverable;
        if (known == null) {
            known = plain().withOffset(new FeedOffset(seq, null).text());
            recoverable = known;
        }
        return known;
    }

    private Frame withBoard() {
        Frame known = withBoard;
        if (known == null) {
            known = plain().withOffset(new FeedOffset(seq, boardSeq).text());
            withBoard = known;
        }
        return known;
    }
}
