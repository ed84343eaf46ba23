package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.Frame;
import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One company's feed on this node. Emissions are hints: entries are told in the order of their
 * numbers, what is missing is read from the table, what was told before is dropped.
 */
final class CompanyFeed {

    private static final Logger log = LoggerFactory.getLogger(CompanyFeed.class);

    /** With more waiting, what comes is dropped and read from the table afterwards. */
    private static final int MAILBOX_LIMIT = 1_000;

    private static final long RETRY_MS = 500;
    private static final long SNAPSHOT_MAX_AGE_NANOS = 1_000_000_000;

    private final String companyId;
    private final FeedReader reader;
    private final FeedAudience audience;
    private final Mailbox mailbox;
    private final ScheduledExecutorService retries;
    private final CompletableFuture<Void> started = new CompletableFuture<>();

    /** Delivered last; enough for those who come back while others are being told. */
    private static final int RECENT_LIMIT = 256;

    /** What follows is written only by tasks of the mailbox, but for the flag. */
    private volatile @Nullable FeedPosition told;

    private final ArrayDeque<FeedEntry> recent = new ArrayDeque<>(RECENT_LIMIT);

    private boolean behind;

    /** Sockets were let in before the feed could be followed. */
    private boolean late;

    private FeedReader.@Nullable Watch watch;
    private volatile boolean closed;

    private final Object snapshotLock = new Object();
    private @Nullable Snapshot snapshot;
    private long snapshotAt;

    CompanyFeed(
            String companyId,
            FeedReader reader,
            FeedAudience audience,
            Executor executor,
            ScheduledExecutorService retries) {
        this.companyId = companyId;
        this.reader = reader;
        this.audience = audience;
        this.mailbox = new Mailbox(executor);
        this.retries = retries;
    }

    void start() {
        mailbox.post(this::watch);
    }

    /** Completed once the feed is followed; what happens from then on will be told. */
    CompletableFuture<Void> started() {
        return started;
    }

    void close() {
        closed = true;
        mailbox.post(this::stopWatching);
    }

    void forgetSnapshot() {
        synchronized (snapshotLock) {
            snapshot = null;
        }
    }

    /** Where the rooms stand now; null as long as the feed could not be followed. */
    @Nullable FeedPosition told() {
        return told;
    }

    /**
     * Runs {@code task} between two deliveries, with the last position told: what comes later will
     * be told after it, what came before is in every read model that is at that position. Null as
     * long as the feed could not be followed.
     *
     * @param atLeast a number that is known to exist, so that the rooms are told up to it before
     */
    void between(long atLeast, Consumer<@Nullable FeedPosition> task) {
        mailbox.post(
                () -> {
                    if (told != null && told.seq() < atLeast) {
                        behind = true;
                        catchUp();
                    }
                    task.accept(told);
                });
    }

    /**
     * What the company, or one employee of it, was told after a number; at most {@link
     * FeedReader#LIMIT} entries.
     */
    FeedPage read(@Nullable String employeeId, long afterSeq) {
        return reader.read(companyId, employeeId, afterSeq);
    }

    /**
     * A snapshot of the board of at most a second ago, read once however many ask for it at the
     * same time.
     */
    Snapshot recentSnapshot(Supplier<Snapshot> read) {
        synchronized (snapshotLock) {
            long now = System.nanoTime();
            if (snapshot == null || now - snapshotAt > SNAPSHOT_MAX_AGE_NANOS) {
                snapshot = read.get();
                snapshotAt = now;
            }
            return snapshot;
        }
    }

    /**
     * The entries from one number to another, both known to exist. Called by tasks of {@link
     * #between} only.
     */
    List<FeedEntry> entries(long afterSeq, long upToSeq) {
        if (afterSeq >= upToSeq) {
            return List.of();
        }
        if (!recent.isEmpty()
                && recent.getFirst().seq() <= afterSeq + 1
                && recent.getLast().seq() >= upToSeq) {
            return recent.stream()
                    .filter(entry -> entry.seq() > afterSeq && entry.seq() <= upToSeq)
                    .toList();
        }
        List<FeedEntry> found = new ArrayList<>();
        long last = afterSeq;
        while (last < upToSeq) {
            List<FeedEntry> next = reader.read(companyId, null, last).entries();
            if (next.isEmpty()) {
                throw new IllegalStateException("feed entries after " + last + " are missing");
            }
            found.addAll(next);
            last = next.getLast().seq();
        }
        found.removeIf(entry -> entry.seq() > upToSeq);
        return found;
    }

    private void watch() {
        if (closed || watch != null) {
            return;
        }
        try {
            watch = reader.watch(companyId, this::heard, this::broken);
        } catch (RuntimeException e) {
            log.warn("the feed of a company cannot be watched yet: {}", e.toString());
            late = told == null;
            later(this::watch);
            return;
        }
        FeedPosition position = watch.position();
        if (told == null) {
            told = position;
        } else if (!told.epoch().equals(position.epoch())) {
            told = position;
            recent.clear();
            forgetSnapshot();
            audience.resync(companyId, "the feed was numbered anew", position);
        }
        behind = true;
        catchUp();
        started.complete(null);
        if (late) {
            late = false;
            audience.resync(companyId, "the feed was not followed for a while", told);
        }
    }

    private void broken() {
        mailbox.post(
                () -> {
                    stopWatching();
                    later(this::watch);
                });
    }

    private void stopWatching() {
        if (watch != null) {
            watch.cancel().run();
            watch = null;
        }
    }

    private void heard(FeedBatch batch) {
        if (mailbox.size() > MAILBOX_LIMIT) {
            mailbox.post(this::fallBehind);
        } else {
            mailbox.post(() -> tell(batch.entries()));
        }
    }

    private void fallBehind() {
        behind = true;
        catchUp();
    }

    private void tell(List<FeedEntry> entries) {
        if (told == null) {
            behind = true;
            return;
        }
        long last = told.seq();
        List<FeedEntry> fresh = entries.stream().filter(entry -> entry.seq() > last).toList();
        if (fresh.isEmpty()) {
            return;
        }
        if (behind || fresh.getFirst().seq() != last + 1) {
            behind = true;
            catchUp();
            return;
        }
        deliver(told, fresh);
    }

    private void catchUp() {
        try {
            while (behind && told != null && !closed) {
                List<FeedEntry> missing = reader.read(companyId, null, told.seq()).entries();
                if (missing.isEmpty()) {
                    behind = false;
                } else {
                    deliver(told, missing);
                }
            }
        } catch (RuntimeException e) {
            log.warn("the feed of a company cannot be read yet: {}", e.toString());
            later(this::catchUp);
        }
    }

    private void deliver(FeedPosition before, List<FeedEntry> entries) {
        told = new FeedPosition(before.epoch(), entries.getLast().seq());
        for (FeedEntry entry : entries) {
            if (recent.size() == RECENT_LIMIT) {
                recent.removeFirst();
            }
            recent.addLast(entry);
        }
        audience.deliver(companyId, entries);
    }

    private void later(Runnable task) {
        if (!closed) {
            retries.schedule(() -> mailbox.post(task), RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** The board at a feed number, encoded once for all who ask at that moment. */
    static final class Snapshot {

        private final FeedPosition position;
        private final Frame frame;
        private @Nullable String lastOffset;
        private @Nullable Frame lastFrame;

        Snapshot(FeedPosition position, Frame frame) {
            this.position = position;
            this.frame = frame;
        }

        /** The feed number that the snapshot shows. */
        FeedPosition position() {
            return position;
        }

        Frame frame() {
            return frame;
        }

        /** Called by tasks of {@link #between} only. */
        Frame frame(FeedOffset offset) {
            String text = offset.text();
            Frame known = lastFrame;
            if (known == null || !text.equals(lastOffset)) {
                known = frame.withOffset(text);
                lastOffset = text;
                lastFrame = known;
            }
            return known;
        }
    }
}
