package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.eventlog.StreamId;
import com.abrohr.attendance.query.livefeed.EarlierFacts.LeaveFacts;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The live board of one company in memory: loaded from the read models at their position, and
 * updated by events in the order of their numbers. Not thread-safe.
 */
final class LiveBoard {
    private static final Logger log = LoggerFactory.getLogger(LiveBoard.class);
    private static final int MAX_ACTIVITY = 50;

    /** A client that was away for longer than this is shown the whole board. */
    private static final Duration REPAIRS_REMEMBERED = Duration.ofHours(1);

    private final String companyId;
    private final BoardTiles tiles;
    private final BoardInbox inbox;
    private final FeedMappings mappings;
    private final Deque<BoardActivity> activity = new ArrayDeque<>(MAX_ACTIVITY);
    private long seq;

    /**
     * @param seq the company's number that tiles and inbox stand at
     */
    LiveBoard(
            String companyId, long seq, BoardTiles tiles, BoardInbox inbox, FeedMappings mappings) {
        this.companyId = companyId;
        this.seq = seq;
        this.tiles = tiles;
        this.inbox = inbox;
        this.mappings = mappings;
    }

    long seq() {
        return seq;
    }

    /**
     * Applies the next event. One that cannot be applied turns its employee's tile UNKNOWN.
     *
     * @param changes learns what changes
     */
    FeedEntry apply(LogRow row, BoardDeltaBuilder changes) {
        if (row.seq() != seq + 1) {
            throw new IllegalStateException(row.seq() + " does not follow " + seq);
        }
        seq = row.seq();
        Optional<StreamId> stream = StreamId.parse(row.message().getAggregateIdentifier());
        FeedUpdate update =
                stream.isPresent()
                        ? apply(row, stream.get(), changes)
                        : new FeedUpdate.Unannounced();
        FeedEntry entry = new FeedEntry(companyId, seq, row.employeeId(), row.recordedAt(), update);
        BoardActivity line = addActivity(entry);
        if (line != null) {
            changes.add(line);
        }
        return entry;
    }

    /** What the event says does not depend on whether it can be applied to the board. */
    private FeedUpdate apply(LogRow row, StreamId stream, BoardDeltaBuilder changes) {
        String employeeId = stream.employeeId();
        boolean unknown = tiles.isUnknown(employeeId);
        FeedUpdate update = new FeedUpdate.Unannounced();
        try {
            RecordedEvent event = RecordedEvent.read(row.message(), stream, row.seq());
            EarlierFacts earlier = earlierFacts(employeeId);
            update = mappings.update(event, earlier);
            if (!unknown) {
                if (tiles.apply(event, earlier)) {
                    changes.tileChanged(employeeId);
                }
                inbox.apply(event, tiles.displayName(employeeId), changes);
            }
        } catch (RuntimeException e) {
            log.warn(
                    "event {} cannot be applied to the live board: {}",
                    row.message().getIdentifier(),
                    e.toString());
            if (!unknown) {
                tiles.setUnknown(employeeId, row.recordedAt());
                changes.tileChanged(employeeId);
            }
        }
        return update;
    }

    /** The open session and the pending requests: what events of revision 1 end or decide. */
    private EarlierFacts earlierFacts(String employeeId) {
        return new EarlierFacts(
                sessionId -> tiles.openSessionStart(employeeId, sessionId),
                leaveId -> {
                    LeaveRequestView it = inbox.request(leaveId);
                    return it == null || !it.employeeId().equals(employeeId)
                            ? null
                            : new LeaveFacts(it.leaveType(), it.startDate(), it.endDate());
                });
    }

    /** Adds the line that the entry makes, if any; oldest first. */
    @Nullable BoardActivity addActivity(FeedEntry entry) {
        BoardActivity line = mappings.activity(entry, tiles.displayName(entry.employeeId()));
        if (line != null) {
            if (activity.size() == MAX_ACTIVITY) {
                activity.removeFirst();
            }
            activity.addLast(line);
        }
        return line;
    }

    PresenceView tile(String employeeId, Instant now) {
        return tiles.tile(employeeId, now);
    }

    List<PresenceView> changedByTime(Instant now) {
        return tiles.changedByTime(now);
    }

    /** The tiles that look different on the other board of the company. */
    List<PresenceView> differentOn(LiveBoard other, Instant now) {
        return other.tiles
                .tiles(now)
                .filter(tile -> !tile.equals(tiles.tile(tile.employeeId(), now)))
                .toList();
    }

    Map<Presence, Integer> counts(Instant now) {
        Map<Presence, Integer> counts = new EnumMap<>(Presence.class);
        tiles.tiles(now).forEach(tile -> counts.merge(tile.presence(), 1, Integer::sum));
        return counts;
    }

    /** By employee id. */
    List<PresenceView> rows(Instant now) {
        return sorted(tiles.tiles(now));
    }

    private static List<PresenceView> sorted(Stream<PresenceView> tiles) {
        return tiles.sorted(Comparator.comparing(PresenceView::employeeId)).toList();
    }

    /** Oldest first. */
    List<LeaveRequestView> pendingLeave() {
        return inbox.pending();
    }

    /** Newest first. */
    List<BoardActivity> activity() {
        return List.copyOf(activity).reversed();
    }

    /**
     * What a board that stood at a number needs to be as this one: state, not history.
     *
     * @param decidedSince ids of the leave requests that were decided after that number
     */
    BoardDelta since(long number, List<String> decidedSince, Instant now) {
        return new BoardDelta(
                seq,
                sorted(tiles.changedSince(number, now.minus(REPAIRS_REMEMBERED), now)),
                pendingLeave(),
                decidedSince.stream().filter(id -> inbox.request(id) == null).toList(),
                activity.stream().filter(line -> line.seq() > number).toList());
    }
}
