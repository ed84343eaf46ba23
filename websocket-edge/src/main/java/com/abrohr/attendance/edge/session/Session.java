package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.edge.bridge.Arrival;
import com.abrohr.attendance.edge.bridge.Follower;
import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.messages.identity.Caller;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.Objects;

/** Who speaks over a socket. The person, the company and the role stay; the expiry may move on. */
final class Session implements Follower {

    /** More than one socket ever has on their way to its feed. */
    private static final int COMMANDS_REMEMBERED = 256;

    private static final int LONGEST_COMMAND_ID = 128;

    private final boolean recovers;

    /** What it missed is let go once it has been told. */
    private @Nullable Arrival arrival;

    private volatile Caller caller;
    private volatile boolean board;

    private final LinkedHashSet<String> sent = LinkedHashSet.newLinkedHashSet(4);

    Session(Arrival arrival) {
        this.arrival = arrival;
        this.recovers = arrival.recovers();
        this.caller = arrival.caller();
    }

    static Session of(ClientSocket socket) {
        return (Session) socket.attachment();
    }

    /** Once, by the thread that lets the socket in. */
    Arrival takeArrival() {
        Arrival taken = Objects.requireNonNull(arrival, "a socket enters once");
        arrival = null;
        return taken;
    }

    Caller caller() {
        return caller;
    }

    /**
     * @param renewed the same person in the same role
     */
    void renew(Caller renewed) {
        caller = renewed;
    }

    /** The socket is about to send a command. */
    void sends(String commandId) {
        if (commandId.length() > LONGEST_COMMAND_ID) {
            // It will be refused, and must not be kept meanwhile.
            return;
        }
        synchronized (sent) {
            if (sent.size() == COMMANDS_REMEMBERED) {
                sent.removeFirst();
            }
            sent.add(commandId);
        }
    }

    @Override
    public boolean sent(String commandId) {
        synchronized (sent) {
            return sent.contains(commandId);
        }
    }

    @Override
    public boolean recovers() {
        return recovers;
    }

    @Override
    public boolean hasBoard() {
        return board;
    }

    @Override
    public void beginBoard() {
        board = true;
    }
}
