package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.OutboundEvent;
import com.abrohr.attendance.messages.feed.FeedPosition;

import org.jspecify.annotations.Nullable;

/**
 * A board, or how it changed, encoded once for all who ask at that moment. {@link #event} is used
 * by one thread at a time.
 */
final class EncodedBoard {
    private final FeedPosition position;
    private final long version;
    private final OutboundEvent event;
    private @Nullable String lastOffset;
    private @Nullable OutboundEvent lastEvent;

    /**
     * @param position the number that the board stands at with it
     * @param version of {@link CompanyBoards} when it began to be read
     */
    EncodedBoard(FeedPosition position, long version, OutboundEvent event) {
        this.position = position;
        this.version = version;
        this.event = event;
    }

    FeedPosition position() {
        return position;
    }

    long version() {
        return version;
    }

    int length() {
        return event.length();
    }

    /**
     * @param deliveredSeq the last entry that the socket was sent
     */
    OutboundEvent event(FeedSubscriber to, long deliveredSeq) {
        if (!to.recovers()) {
            return event;
        }
        String offset = new FeedOffset(deliveredSeq, position.seq()).text();
        OutboundEvent known = lastEvent;
        if (known == null || !offset.equals(lastOffset)) {
            known = event.withOffset(offset);
            lastOffset = offset;
            lastEvent = known;
        }
        return known;
    }
}
