package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.ClientSocket;

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
}
