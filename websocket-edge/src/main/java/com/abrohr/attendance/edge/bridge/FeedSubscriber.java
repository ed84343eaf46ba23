package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.ClientSocket;

/** How one socket receives its company's feed; the attachment of every socket that joins rooms. */
public interface FeedSubscriber {
    /** Whether numbered events carry an offset. */
    boolean recovers();

    /** Whether the socket shows the live board. */
    boolean hasBoard();

    /** The socket has been sent the live board. */
    void boardShown();

    /** Whether this socket itself sent the command, and so gets its confirmation. */
    boolean sent(String commandId);

    static FeedSubscriber of(ClientSocket socket) {
        return (FeedSubscriber) socket.attachment();
    }
}
