package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.edge.bridge.FeedSubscriber;
import com.abrohr.attendance.edge.bridge.PendingSubscription;
import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.messages.identity.Caller;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.Objects;

/**
 * The caller behind a socket. The person, the company and the role stay the same; the expiry may be
 * extended.
 */
final class Session implements FeedSubscriber {
    /** More than one socket ever has under way. */
    private static final int COMMANDS_REMEMBERED = 256;

    private static final int LONGEST_COMMAND_ID = 128;

    private final boolean recovers;

    /** Null once it is taken, so that the memory of missed events is freed. */
    private @Nullable PendingSubscription subscription;

    private volatile Caller caller;
    private volatile boolean board;

    private final LinkedHashSet<String> sent = LinkedHashSet.newLinkedHashSet(4);

    Session(PendingSubscription subscription) {
        this.subscription = subscription;
        this.recovers = subscription.recovers();
        this.caller = subscription.caller();
    }

    static Session of(ClientSocket socket) {
        return (Session) socket.attachment();
    }

    /** Once, by the thread that connects the socket. */
    PendingSubscription takeSubscription() {
        PendingSubscription taken =
                Objects.requireNonNull(subscription, "a socket subscribes once");
        subscription = null;
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

    /** A command that the socket is about to send. */
    void remember(String commandId) {
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
    public void boardShown() {
        board = true;
    }
}
