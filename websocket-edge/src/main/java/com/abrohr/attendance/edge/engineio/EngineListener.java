package com.abrohr.attendance.edge.engineio;

/**
 * The layer above the session. Every method runs on a virtual thread of the session's own serial
 * queue, in the order in which things happened, and may block.
 */
public interface EngineListener {
    void opened(EngineSession session);

    void text(EngineSession session, String message);

    void binary(EngineSession session, byte[] message);

    /** The last call for a session. */
    void closed(EngineSession session, CloseReason reason);
}
