package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.query.eventlog.RecordedEvent;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What the events of one feature say in the live feed; null for those of other features. */
public interface FeedMapping {
    /**
     * A function of the event alone, if it is of the newest revision.
     *
     * @throws RuntimeException when an event of revision 1 lacks what is known nowhere
     */
    @Nullable FeedUpdate update(RecordedEvent event, EarlierFacts earlier);

    /** The line of the board's activity; null where it shows none. */
    @Nullable BoardActivity activity(FeedEntry entry, String displayName);

    /**
     * @param kind see {@link BoardActivity}
     * @param detail see {@link BoardActivity}
     */
    static BoardActivity line(
            FeedEntry entry, String kind, String displayName, Instant at, @Nullable String detail) {
        return new BoardActivity(entry.seq(), kind, entry.employeeId(), displayName, at, detail);
    }

    /** The entry in {@code GET /feed}, a record of its JSON; null where it shows none. */
    default @Nullable Object item(FeedEntry entry) {
        return null;
    }

    /** When a work session began, if the event says it: see {@link EarlierFacts}. */
    default @Nullable Instant sessionStart(DomainEvent event, String sessionId) {
        return null;
    }

    /** A leave request, if the event says it: see {@link EarlierFacts}. */
    default EarlierFacts.@Nullable LeaveFacts leave(DomainEvent event, String leaveId) {
        return null;
    }
}
