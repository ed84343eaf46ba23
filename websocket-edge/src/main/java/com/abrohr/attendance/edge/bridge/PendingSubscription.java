package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.OutboundEvent;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.identity.Caller;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * What an authenticated client will be sent when it joins its rooms.
 *
 * @param recovers whether its numbered events carry an offset
 * @param pid of connection-state recovery; null where it has none
 * @param missed the events that it missed
 * @param readTo {@code missed} is complete up to here; null while the feed cannot be followed
 * @param board what its live board needs; null when it had none
 * @param resumed whether it continues from the position that it gave
 * @param deferred its request, to be read when it joins, because the feed was not followed before;
 *     else null
 * @param resync why it cannot be sent what it missed; null when it can, or missed nothing
 */
public record PendingSubscription(
        Caller caller,
        boolean recovers,
        @Nullable String pid,
        List<OutboundEvent> missed,
        @Nullable FeedPosition readTo,
        @Nullable BoardRecovery board,
        boolean resumed,
        @Nullable RecoveryRequest deferred,
        @Nullable ResyncReason resync) {

    public PendingSubscription {
        missed = List.copyOf(missed);
    }

    /** The fields of the CONNECT response beside the socket's id. */
    public Map<String, Object> fields() {
        return pid == null ? Map.of() : Map.of("pid", pid);
    }

    /**
     * @param seq where the client's board stands
     * @param changes what has changed on it since
     */
    record BoardRecovery(long seq, EncodedBoard changes) {}
}
