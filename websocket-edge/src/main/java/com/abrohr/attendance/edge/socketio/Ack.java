package com.abrohr.attendance.edge.socketio;

/**
 * A client's wish to hear the outcome of its event. Only the first answer is sent; an answer after
 * the client has gone is dropped. May be called from any thread, also after the handler has
 * returned.
 */
public interface Ack {

    /** The client asked for no answer. */
    Ack NONE =
            new Ack() {
                @Override
                public boolean wanted() {
                    return false;
                }

                @Override
                public void send(Object... arguments) {}
            };

    /** Whether anybody waits for the answer. */
    boolean wanted();

    /** Sends the arguments of the client's callback. */
    void send(Object... arguments);
}
