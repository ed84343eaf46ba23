package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.engineio.SerialExecutor;
import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPosition;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * One company's feed on this node. Emitted batches are hints: entries are delivered in the order of
 * their numbers, missing ones are read from the log, duplicates are dropped.
 */
final class CompanyFeed {
    private static final Logger log = LoggerFactory.getLogger(CompanyFeed.class);

    private final String companyId;
    private final FeedReader reader;
    private final FeedAudience audience;
    private final SerialExecutor serial;
    private final RetryTimer retries;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final BatchQueue batches;
    private volatile boolean closed;

    // What follows is used by tasks of serial only, but for what they offer to any thread.
    private final EntryDelivery entries;
    private final CompanyBoards boards;
    private FeedReader.@Nullable Watch watch;

    /** Entries or changes of the board are missing here. */
    private boolean behind;

    /** Sockets subscribed before the feed could be followed. */
    private boolean late;

    CompanyFeed(
            String companyId,
            FeedReader reader,
            FeedAudience audience,
            Executor executor,
            ScheduledExecutorService timer) {
        this.companyId = companyId;
        this.reader = reader;
        this.audience = audience;
        this.entries = new EntryDelivery(companyId, reader, audience);
        this.boards = new CompanyBoards(companyId, reader, audience);
        this.serial = new SerialExecutor(executor, this::taskFailed);
        this.batches = new BatchQueue(companyId, audience, serial, this::take, this::fallBehind);
        this.retries = new RetryTimer(timer, () -> serial.execute(this::recover));
    }

    void start() {
        serial.execute(this::recover);
    }

    /** Completed once the feed is followed; what happens from then on will be delivered. */
    CompletableFuture<Void> started() {
        return started;
    }

    void close() {
        closed = true;
        serial.execute(this::stopWatching);
    }

    /** The last position delivered; null as long as the feed could not be followed. */
    @Nullable FeedPosition delivered() {
        return entries.position();
    }

    /** To be asked for entries; delivers for this feed only. */
    EntryDelivery entries() {
        return entries;
    }

    CompanyBoards boards() {
        return boards;
    }

    /**
     * Runs {@code task} between two deliveries, with the last position delivered or null as long as
     * the feed could not be followed.
     *
     * @param known a position that exists, so that everything up to it is delivered before
     */
    void between(@Nullable FeedPosition known, Consumer<@Nullable FeedPosition> task) {
        serial.execute(
                () -> {
                    try {
                        reach(known);
                    } finally {
                        task.accept(delivered());
                    }
                });
    }

    private void recover() {
        if (closed || (watch == null && !watch())) {
            return;
        }
        catchUp();
        started.complete(null);
        if (late) {
            late = false;
            audience.resync(companyId, ResyncReason.NOT_FOLLOWED, entries.begun());
        }
    }

    private boolean watch() {
        try {
            watch = reader.watch(companyId, batches, this::broken);
        } catch (RuntimeException e) {
            log.warn("the feed of a company cannot be watched yet: {}", e.toString());
            late = delivered() == null;
            retries.schedule();
            return false;
        }
        if (delivered() == null || !entries.areOf(watch.position().epoch())) {
            beginAt(watch.position());
        }
        behind = true;
        return true;
    }

    private void broken() {
        serial.execute(
                () -> {
                    stopWatching();
                    retries.schedule();
                });
    }

    private void stopWatching() {
        if (watch != null) {
            watch.cancel().run();
            watch = null;
        }
    }

    private void take(FeedBatch batch) {
        boards.emitted();
        if (behind || delivered() == null) {
            // Catching up reads this as well.
            retries.schedule();
            return;
        }
        List<FeedEntry> emitted = batch.entries();
        long from = emitted.isEmpty() ? batch.board().seq() : emitted.getFirst().seq() - 1;
        if (from > entries.begun().seq()) {
            fallBehind();
            return;
        }
        if (!entries.deliver(emitted, boards.seq()) && !emitted.isEmpty()) {
            // Read from the log before it was emitted; or the numbers were assigned again, after a
            // restore that was not announced.
            retries.schedule();
        }
        if (boards.areBehind(from)) {
            fallBehind();
        } else {
            boards.deliver(batch.board(), entries.begun().seq());
        }
    }

    /** Catching up reads, so never on the thread that emits. */
    private void fallBehind() {
        behind = true;
        serial.execute(this::catchUp);
    }

    private void catchUp() {
        if (closed) {
            return;
        }
        try {
            readOn();
            if (behind || boards.areBehind(entries.begun().seq())) {
                boards.catchUp(entries.begun());
            }
            behind = false;
        } catch (RuntimeException e) {
            notReadable(e);
        }
    }

    /** Boards are left to the batches that are on their way. */
    private void reach(@Nullable FeedPosition known) {
        if (known != null && delivered() != null && !entries.haveReached(known)) {
            try {
                readOn();
            } catch (RuntimeException e) {
                notReadable(e);
            }
        }
    }

    private void readOn() {
        FeedPosition elsewhere = entries.readOn(boards.seq());
        if (elsewhere != null) {
            beginAt(elsewhere);
        }
    }

    private void notReadable(RuntimeException e) {
        log.warn("the feed of a company cannot be read yet: {}", e.toString());
        failed();
    }

    private void taskFailed(Throwable failure) {
        try {
            failed();
            log.error("a task of a company's feed failed", failure);
        } finally {
            if (failure instanceof Error) {
                // Not thrown: the thread may belong to the publisher, and tasks wait for this one.
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
            }
        }
    }

    /** What was to be delivered is read again. */
    private void failed() {
        behind = true;
        retries.schedule();
    }

    /** Where there was another position before, its numbers mean nothing any more. */
    private void beginAt(FeedPosition position) {
        boolean again = delivered() != null;
        entries.beginAt(position);
        boards.beginAt(position.seq());
        if (again) {
            audience.resync(companyId, ResyncReason.EPOCH_CHANGED, position);
        }
    }
}
