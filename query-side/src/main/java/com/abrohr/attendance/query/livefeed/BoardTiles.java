package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.query.eventlog.RecordedEvent;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The tiles of a live board, one per employee, kept in memory. Not thread-safe. */
public interface BoardTiles {
    /**
     * Applies the next event of the company.
     *
     * @return whether the employee's tile may look different
     * @throws RuntimeException when the event cannot be true of what is known
     */
    boolean apply(RecordedEvent event, EarlierFacts earlier);

    /** Whether an event of the employee could not be applied. */
    boolean isUnknown(String employeeId);

    void setUnknown(String employeeId, Instant at);

    PresenceView tile(String employeeId, Instant now);

    /** The employee's id where no name is known. */
    String displayName(String employeeId);

    /** When that session began; null unless it is the employee's open one. */
    @Nullable Instant openSessionStart(String employeeId, String sessionId);

    /** All, in no order. */
    Stream<PresenceView> tiles(Instant now);

    /**
     * Those that may look different from a board that stood at an earlier number.
     *
     * @param repairedAfter tiles that became known or unknown later than this are among them
     */
    Stream<PresenceView> changedSince(long seq, Instant repairedAfter, Instant now);

    /** Those that have changed with time alone since this was last asked. */
    List<PresenceView> changedByTime(Instant now);
}
