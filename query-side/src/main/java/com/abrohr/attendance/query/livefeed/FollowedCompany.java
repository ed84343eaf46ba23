package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedEntry;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A company that clients of this node watch: its board, and the events that wait for earlier ones.
 * Guarded by the lock of {@link FollowedCompanies}.
 */
final class FollowedCompany {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(5);

    /** Beyond this, events are read from the log later. */
    private static final int MAX_WAITING = 10_000;

    private final String companyId;
    private final String epoch;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Map<Long, LogRow> waiting = new TreeMap<>();

    /** For clients that come back and ask what has changed. */
    private final RecentDecisions decisions = new RecentDecisions();

    private @Nullable LiveBoard board;
    private @Nullable LiveBoard previous;

    /** Nothing is emitted before the board stands at this number. */
    private long emitAfter;

    /** A read for this company is running; the next one waits for it. */
    boolean reading;

    /** The board is to be loaded again after that read. */
    boolean reload;

    FollowedCompany(String companyId, String epoch) {
        this.companyId = companyId;
        this.epoch = epoch;
    }

    String companyId() {
        return companyId;
    }

    String epoch() {
        return epoch;
    }

    /** Whether the board is as new as the log was when the company was first watched. */
    boolean isReady() {
        return ready.isDone();
    }

    /**
     * Waits until the company is ready. To be called without the lock.
     *
     * @throws IllegalStateException when its board could not be loaded in time
     */
    void awaitReady() {
        try {
            ready.get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a board was loaded", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a board could not be loaded", e);
        }
    }

    /** The board as it is shown; null before it was loaded. */
    @Nullable LiveBoard shown() {
        return previous != null ? previous : board;
    }

    RecentDecisions decisions() {
        return decisions;
    }

    /** The number after which events are needed next. */
    long last() {
        return board == null ? 0 : board.seq();
    }

    /**
     * Begins with a board from the read models, or takes it in place of the present one.
     *
     * @param head the company's number that the log had reached; what came before is not emitted
     */
    void begin(LiveBoard loaded, long head) {
        if (board == null) {
            emitAfter = head;
        } else if (previous == null) {
            previous = board;
            emitAfter = board.seq();
        }
        board = loaded;
        decisions.beginAt(loaded.seq());
        waiting.keySet().removeIf(seq -> seq <= loaded.seq());
    }

    /**
     * Takes events, in any order, and applies those that are next.
     *
     * @return what is to be emitted; null for nothing
     */
    @Nullable FeedBatch take(List<LogRow> rows, Instant now) {
        List<FeedEntry> entries = new ArrayList<>();
        var changes = new BoardDeltaBuilder();
        for (LogRow row : rows) {
            if (row.seq() <= last() && board != null) {
                continue;
            }
            if (board != null && waiting.isEmpty() && row.seq() == last() + 1) {
                apply(board, row, changes, entries);
            } else if (waiting.size() < MAX_WAITING) {
                waiting.put(row.seq(), row);
            }
        }
        LiveBoard current = board;
        if (current == null) {
            return null;
        }
        LogRow next = waiting.remove(current.seq() + 1);
        while (next != null) {
            apply(current, next, changes, entries);
            next = waiting.remove(current.seq() + 1);
        }
        return batch(current, entries, changes, now);
    }

    private void apply(
            LiveBoard to, LogRow row, BoardDeltaBuilder changes, List<FeedEntry> entries) {
        FeedEntry entry = to.apply(row, changes);
        decisions.remember(entry);
        if (entry.seq() > emitAfter) {
            entries.add(entry);
        }
    }

    private @Nullable FeedBatch batch(
            LiveBoard current, List<FeedEntry> entries, BoardDeltaBuilder changes, Instant now) {
        if (current.seq() < emitAfter) {
            return null;
        }
        ready.complete(null);
        BoardDelta delta = changes.delta(current, now);
        LiveBoard before = previous;
        if (before != null) {
            previous = null;
            delta = repaired(delta, before.differentOn(current, now));
        } else if (entries.isEmpty()) {
            return null;
        }
        return new FeedBatch(companyId, entries, delta);
    }

    /** What time has changed since this was last asked; null for nothing. */
    @Nullable FeedBatch changedByTime(Instant now) {
        LiveBoard current = board;
        if (current == null || previous != null || !isReady()) {
            return null;
        }
        List<PresenceView> changed = current.changedByTime(now);
        return changed.isEmpty()
                ? null
                : new FeedBatch(
                        companyId,
                        List.of(),
                        new BoardDelta(current.seq(), changed, List.of(), List.of(), List.of()));
    }

    /** Whether events are known to be missing. */
    boolean hasGap() {
        return board != null && (!waiting.isEmpty() || board.seq() < emitAfter);
    }

    private BoardDelta repaired(BoardDelta delta, List<PresenceView> rows) {
        return new BoardDelta(
                delta.seq(),
                rows,
                delta.pending(),
                delta.noLongerPending(),
                delta.activity().stream().filter(line -> line.seq() > emitAfter).toList());
    }
}
