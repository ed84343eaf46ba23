package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.identity.Caller;

import org.jspecify.annotations.Nullable;

/**
 * Where a client that connects again continues.
 *
 * @param seq it has received everything up to this number
 * @param boardSeq where its live board stands; null when it had none
 * @param pid what it keeps for the next connection: its own one, if it had one
 */
record RecoveryPoint(String epoch, long seq, @Nullable Long boardSeq, String pid) {
    /**
     * Takes the further of what the client library and what the application claim, so that nothing
     * is delivered twice. Null when what is claimed means nothing in this epoch or to this caller.
     */
    static @Nullable RecoveryPoint of(RecoveryRequest claim, String epoch, Caller caller) {
        RecoveryPoint recovered = recovered(claim, epoch, caller);
        FeedPosition position = claim.position();
        if (position == null || !position.epoch().equals(epoch)) {
            return recovered;
        }
        if (recovered == null) {
            return new RecoveryPoint(
                    epoch, position.seq(), null, RecoveryId.startingAt(position, caller).text());
        }
        return position.seq() <= recovered.seq()
                ? recovered
                : new RecoveryPoint(epoch, position.seq(), recovered.boardSeq(), recovered.pid());
    }

    private static @Nullable RecoveryPoint recovered(
            RecoveryRequest claim, String epoch, Caller caller) {
        if (claim.pid() == null) {
            return null;
        }
        RecoveryId id = RecoveryId.parse(claim.pid());
        if (id == null
                || !id.epoch().equals(epoch)
                || !id.owner().equals(RecoveryId.ownerOf(caller))) {
            return null;
        }
        if (claim.offset() == null) {
            return new RecoveryPoint(epoch, id.start(), null, claim.pid());
        }
        FeedOffset offset = FeedOffset.parse(claim.offset());
        return offset == null
                ? null
                : new RecoveryPoint(
                        epoch, Math.max(id.start(), offset.seq()), offset.boardSeq(), claim.pid());
    }
}
