package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.Frame;

/**
 * How one socket follows its company's feed; the attachment of every socket that is let into rooms.
 */
public interface Follower {

    /** Whether numbered events carry an offset. */
    boolean recovers();

    /** Whether the socket shows the live board. */
    boolean hasBoard();

    /** The live board was begun on this socket. */
    void beginBoard();

    /** Whether this socket itself sent the command, and so has its confirmation. */
    boolean sent(String commandId);

    static Follower of(ClientSocket socket) {
        return (Follower) socket.attachment();
    }

    /** One numbered event in the three ways that sockets hear it, each encoded once. */
    final class Telling {

        private final Frame plain;
        private final Frame recoverable;
        private final Frame withBoard;

        /**
         * @param boardSeq where live boards stand when a socket has heard this and nothing after
         */
        Telling(Frame frame, long seq, long boardSeq) {
            plain = frame;
            recoverable = frame.withOffset(new FeedOffset(seq, null).text());
            withBoard = frame.withOffset(new FeedOffset(seq, boardSeq).text());
        }

        Frame to(ClientSocket socket) {
            Follower follower = of(socket);
            if (!follower.recovers()) {
                return plain;
            }
            return follower.hasBoard() ? withBoard : recoverable;
        }
    }
}
