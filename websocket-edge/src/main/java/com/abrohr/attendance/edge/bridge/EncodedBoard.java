package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.Frame;
import com.abrohr.attendance.messages.feed.FeedPosition;

import org.jspecify.annotations.Nullable;

/**
 * A board, or how it changed, encoded once for all who ask at that moment. {@link #frame} is used
 * by one thread at a time.
 */
final class EncodedBoard {

    private final FeedPosition position;
    private final long version;
    private final Frame frame;
    private @Nullable String lastOffset;
    private @Nullable Frame lastFrame;

    /**
     * @param position the number that the board stands at with it
     * @param version of {@link CompanyBoards} when it began to be read
     */
    EncodedBoard(FeedPosition position, long version, Frame frame) {
        this.position = position;
        this.version = version;
        this.frame = frame;
    }

    FeedPosition position() {
        return position;
    }

    long version() {
        return version;
    }

    int length() {
        return frame.length();
    }

    /**
     * @param deliveredSeq the last entry that the socket was sent
     */
    Frame frame(Follower to, long deliveredSeq) {
        if (!to.recovers()) {
            return frame;
        }
        String offset = new FeedOffset(deliveredSeq, position.seq()).text();
        Frame known = lastFrame;
        if (known == null || !offset.equals(lastOffset)) {
            known = frame.withOffset(offset);
            lastOffset = offset;
            lastFrame = known;
        }
        return known;
    }
}
