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
 * @param missed what it is told first
 * @param heardTo with {@code missed} it has heard everything up to here; null while the feed cannot
 *     be followed
 * @param boardSeq with {@code missed} its live board stands here; null when it had none
 * @param resumed whether it said what it had heard, and goes on from there
 * @param resync why it cannot be told what it missed; null when it can, or missed nothing
 */
public record Arrival(
        Caller caller,
        boolean recovers,
        @Nullable String pid,
        List<Frame> missed,
        @Nullable FeedPosition heardTo,
        @Nullable Long boardSeq,
        boolean resumed,
        @Nullable String resync) {

    public Arrival {
        missed = List.copyOf(missed);
    }

    /** What the CONNECT answer says beside the socket's id. */
    public Map<String, Object> fields() {
        return pid == null ? Map.of() : Map.of("pid", pid);
    }
}
