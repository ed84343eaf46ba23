package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.feed.BoardChanges;
import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.FeedPosition;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The live boards of one company on this node. Boards are kept up to date by state: each stands at
 * a number at least as high as {@link #seq()}, some are ahead.
 */
final class CompanyBoards {
    private static final long SNAPSHOT_MAX_AGE_NANOS = 1_000_000_000;

    private final String companyId;
    private final FeedReader reader;
    private final FeedAudience audience;

    /** Counts deltas, so that it shows whether one came since a board was read. */
    private final AtomicLong version = new AtomicLong();

    /** Used by tasks of the feed only. */
    private long seq;

    private final Object snapshotLock = new Object();
    private @Nullable CompletableFuture<EncodedBoard> snapshot;
    private long snapshotBegun;

    CompanyBoards(String companyId, FeedReader reader, FeedAudience audience) {
        this.companyId = companyId;
        this.reader = reader;
        this.audience = audience;
    }

    /** The number that every board of the company stands at, or is ahead of. */
    long seq() {
        return seq;
    }

    void beginAt(long position) {
        seq = position;
        version.incrementAndGet();
        synchronized (snapshotLock) {
            snapshot = null;
        }
    }

    /** A delta was emitted, whatever becomes of it. */
    void emitted() {
        version.incrementAndGet();
    }

    /** Whether boards lack what happened up to a number. */
    boolean areBehind(long number) {
        return seq < number && audience.hasBoards(companyId);
    }

    /**
     * @param deliveredSeq the last entry delivered
     */
    void deliver(BoardDelta delta, long deliveredSeq) {
        // A lower one says what every board shows already.
        if (delta.seq() >= seq) {
            audience.deliver(companyId, delta, deliveredSeq);
            seq = delta.seq();
        }
    }

    /** Brings boards up to date that missed deltas. Blocks. */
    void catchUp(FeedPosition delivered) {
        if (!audience.hasBoards(companyId)) {
            return;
        }
        try {
            BoardChanges changes = reader.boardChanges(companyId, seq);
            requireSameEpoch(changes.position(), delivered);
            deliver(changes.delta(), delivered.seq());
        } catch (Refusal onlyTheWholeBoardHelps) {
            seq = delivered.seq();
            audience.resyncBoards(companyId, ResyncReason.BOARD_UNREADABLE, delivered);
        }
    }

    /**
     * The whole board as of at most a second ago, read once however many ask for it at the same
     * time. Blocks.
     */
    EncodedBoard snapshot() {
        CompletableFuture<EncodedBoard> shared;
        CompletableFuture<EncodedBoard> own = null;
        synchronized (snapshotLock) {
            long now = System.nanoTime();
            if (snapshot == null
                    || snapshot.isCompletedExceptionally()
                    || now - snapshotBegun > SNAPSHOT_MAX_AGE_NANOS) {
                own = new CompletableFuture<>();
                snapshot = own;
                snapshotBegun = now;
            }
            shared = snapshot;
        }
        if (own != null) {
            try {
                own.complete(readSnapshot());
            } catch (RuntimeException | Error e) {
                own.completeExceptionally(e);
            }
        }
        return shared.join();
    }

    private EncodedBoard readSnapshot() {
        long before = version.get();
        DashboardView view = reader.board(companyId);
        return new EncodedBoard(view.position(), before, DashboardPayloads.snapshot(view));
    }

    /**
     * What a board needs that stands at a number. Blocks.
     *
     * @throws Refusal STALE_VERSION when only the whole board helps
     */
    EncodedBoard changes(long afterSeq) {
        long before = version.get();
        BoardChanges changes = reader.boardChanges(companyId, afterSeq);
        return new EncodedBoard(
                changes.position(), before, DashboardPayloads.delta(changes.delta()));
    }

    /**
     * Sends a board that was read before, and what came since; to be followed by joining the room
     * of the board. Called between two deliveries.
     *
     * @return the number that the socket's board stands at
     */
    long show(ClientSocket socket, EncodedBoard board, FeedPosition delivered) {
        requireSameEpoch(board.position(), delivered);
        FeedSubscriber follower = FeedSubscriber.of(socket);
        socket.send(board.event(follower, delivered.seq()));
        long shown = board.position().seq();
        if (board.version() != version.get()) {
            EncodedBoard since = changes(shown);
            requireSameEpoch(since.position(), delivered);
            socket.send(since.event(follower, delivered.seq()));
            shown = since.position().seq();
        }
        seq = audience.hasBoards(companyId) ? Math.min(seq, shown) : shown;
        return shown;
    }

    private static void requireSameEpoch(FeedPosition board, FeedPosition delivered) {
        if (!board.epoch().equals(delivered.epoch())) {
            throw new IllegalStateException("the board is of another epoch");
        }
    }
}
