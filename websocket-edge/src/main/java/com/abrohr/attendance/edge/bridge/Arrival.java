package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.Frame;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.identity.Caller;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * How a client that has proved who it is will be let into its rooms.
 *
 * @param recovers whether its numbered events carry an offset
 * @param pid of connection-state recovery; null where it has none
 * @param missed the events that it missed
 * @param heardTo with {@code missed} it has heard everything up to here; null while the feed cannot
 *     be followed
 * @param board what its live board needs; null when it had none
 * @param resumed whether it said what it had heard, and goes on from there
 * @param unread what it claims to have heard, to be read when it enters, because the feed was not
 *     followed before; else null
 * @param resync why it cannot be sent what it missed; null when it can, or missed nothing
 */
public record Arrival(
        Caller caller,
        boolean recovers,
        @Nullable String pid,
        List<Frame> missed,
        @Nullable FeedPosition heardTo,
        @Nullable BoardResumption board,
        boolean resumed,
        @Nullable ResumeClaim unread,
        @Nullable ResyncReason resync) {

    public Arrival {
        missed = List.copyOf(missed);
    }

    /** What the CONNECT answer says beside the socket's id. */
    public Map<String, Object> fields() {
        return pid == null ? Map.of() : Map.of("pid", pid);
    }

    /**
     * @param seq where the client's board stands
     * @param changes what has changed on it since
     */
    record BoardResumption(long seq, EncodedBoard changes) {}
}
