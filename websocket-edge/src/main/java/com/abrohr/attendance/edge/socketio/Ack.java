package com.abrohr.attendance.edge.socketio;

/**
 * The acknowledgement of a client's event. Only the first is sent; one after the client has gone is
 * dropped. May be sent from any thread, also after the handler has returned.
 */
public interface Ack {
    /** The client asked for no acknowledgement. */
    Ack NONE =
            new Ack() {
                @Override
                public boolean wanted() {
                    return false;
                }

                @Override
                public void send(Object... arguments) {}
            };

    /** Whether the client asked for one. */
    boolean wanted();

    /** Sends the arguments of the client's callback. */
    void send(Object... arguments);
}
