package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/**
 * Delivers one company's entries in the order of their numbers, and knows how far it got. Used by
 * one thread at a time, but for what says otherwise.
 */
final class EntryDelivery {
    private static final Logger log = LoggerFactory.getLogger(EntryDelivery.class);

    private final String companyId;
    private final FeedReader reader;
    private final FeedAudience audience;
    private final RecentEntries recent = new RecentEntries();
    private volatile @Nullable FeedPosition position;
    private long failedSeq;

    EntryDelivery(String companyId, FeedReader reader, FeedAudience audience) {
        this.companyId = companyId;
        this.reader = reader;
        this.audience = audience;
    }

    /** The last position delivered; null before the first {@link #beginAt}. For any thread. */
    @Nullable FeedPosition position() {
        return position;
    }

    FeedPosition begun() {
        FeedPosition now = position;
        if (now == null) {
            throw new IllegalStateException("the feed is not followed yet");
        }
        return now;
    }

    /** Whether the numbers are those of an epoch. */
    boolean areOf(String epoch) {
        return begun().epoch().equals(epoch);
    }

    boolean haveReached(FeedPosition known) {
        return areOf(known.epoch()) && begun().seq() >= known.seq();
    }

    void beginAt(FeedPosition start) {
        recent.clear();
        position = start;
    }

    /**
     * Delivers those that were not delivered before; none may be missing before them.
     *
     * @param boardSeq where live boards stand
     * @return whether there were any
     */
    boolean deliver(List<FeedEntry> entries, long boardSeq) {
        FeedPosition before = begun();
        for (FeedEntry entry : entries) {
            if (entry.seq() > before.seq()) {
                deliver(entry, boardSeq, new FeedPosition(before.epoch(), entry.seq()));
            }
        }
        return begun().seq() > before.seq();
    }

    private void deliver(FeedEntry entry, long boardSeq, FeedPosition now) {
        try {
            audience.deliver(entry, boardSeq);
            recent.add(entry);
        } catch (RuntimeException | Error e) {
            if (failedSeq != entry.seq()) {
                failedSeq = entry.seq();
                throw e;
            }
            // Once is bad luck, twice is the entry: it must not silence those after it.
            log.error("entry {} of a company cannot be delivered", entry.seq(), e);
            recent.clear();
            audience.resync(companyId, ResyncReason.UNREADABLE, now);
        }
        position = now;
    }

    /**
     * Reads and delivers what is missing. Blocks.
     *
     * @return the new position when the numbers given before mean nothing any more; else null
     */
    @Nullable FeedPosition readOn(long boardSeq) {
        FeedPage page;
        do {
            FeedPosition before = begun();
            page = read(null, before.seq());
            FeedPosition now = page.position();
            if (!areOf(now.epoch()) || now.seq() < before.seq()) {
                return now;
            }
            deliver(page.entries(), boardSeq);
        } while (page.more());
        return null;
    }

    /**
     * What happened to the company, or to one employee of it, after a number; at most {@link
     * FeedReader#LIMIT} entries. For any thread; blocks.
     */
    FeedPage read(@Nullable String employeeId, long afterSeq) {
        return reader.read(companyId, employeeId, afterSeq);
    }

    /**
     * The entries from one number to another, both delivered. May block.
     *
     * @param employeeId at least those about this employee; null for all
     */
    List<FeedEntry> between(@Nullable String employeeId, long afterSeq, long upToSeq) {
        List<FeedEntry> known = recent.between(afterSeq, upToSeq);
        if (known != null) {
            return known;
        }
        FeedPage page = read(employeeId, afterSeq);
        if (page.more() && page.entries().getLast().seq() < upToSeq) {
            throw new IllegalStateException("too much happened after " + afterSeq);
        }
        return page.entries().stream().filter(entry -> entry.seq() <= upToSeq).toList();
    }
}
