package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.query.board.BoardFold;
import com.abrohr.attendance.query.board.EmployeeFacts;
import com.abrohr.attendance.query.board.Outcome;
import com.abrohr.attendance.query.board.Outcome.LeaveAsked;
import com.abrohr.attendance.query.board.Outcome.LeaveStatusChanged;
import com.abrohr.attendance.query.board.PresenceRule;
import com.abrohr.attendance.query.board.Recorded;
import com.abrohr.attendance.query.board.RecordedEvents;
import com.abrohr.attendance.query.board.StoredBoard;
import com.abrohr.attendance.query.board.StreamId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The live board of one company in memory: loaded from the read models where they stand, and
 * brought on by events in the order of their numbers. Not thread-safe.
 */
final class LiveBoard {

    private static final Logger log = LoggerFactory.getLogger(LiveBoard.class);

    private static final int ACTIVITY = 50;

    /** A client that was away for longer than this is shown the whole board. */
    private static final Duration REPAIRS_REMEMBERED = Duration.ofHours(1);

    private final String companyId;
    private final Map<String, EmployeeFacts> employees = new HashMap<>();
    private final Map<String, LeaveRequestView> pending = new LinkedHashMap<>();
    private final Deque<BoardActivity> activity = new ArrayDeque<>(ACTIVITY);
    private final Map<String, Instant> nextChanges = new HashMap<>();
    private long seq;

    LiveBoard(String companyId, StoredBoard stored, Instant now) {
        this.companyId = companyId;
        this.seq = stored.seq();
        stored.employees().forEach(facts -> put(facts, now));
        stored.pendingLeave().forEach(request -> pending.put(request.id(), request));
    }

    long seq() {
        return seq;
    }

    /**
     * Applies the next event. One that cannot be applied turns its employee's tile UNKNOWN.
     *
     * @param changes learns what changes
     */
    FeedEntry apply(LogRow row, DeltaBuilder changes) {
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
        BoardActivity line = Activities.of(entry, nameOf(row.employeeId()));
        if (line != null) {
            remember(line);
            changes.add(line);
        }
        return entry;
    }

    /** What the event says does not depend on whether the board can make sense of it. */
    private FeedUpdate apply(LogRow row, StreamId stream, DeltaBuilder changes) {
        EmployeeFacts before = factsOf(stream.employeeId());
        FeedUpdate update = new FeedUpdate.Unannounced();
        try {
            Recorded recorded = RecordedEvents.read(row.message(), stream, row.seq());
            update = FeedUpdates.of(recorded, new FactsOnTheBoard(before, pending));
            if (!before.parked()) {
                fold(before, recorded, changes);
            }
        } catch (RuntimeException e) {
            log.warn(
                    "event {} cannot be applied to the live board: {}",
                    row.message().getIdentifier(),
                    e.toString());
            if (!before.parked()) {
                EmployeeFacts parked = before.withParked(true, row.recordedAt());
                put(parked, row.recordedAt());
                changes.tileChanged(parked);
            }
        }
        return update;
    }

    private void fold(EmployeeFacts before, Recorded recorded, DeltaBuilder changes) {
        Outcome outcome = BoardFold.apply(before, pending::get, recorded);
        put(outcome.facts(), recorded.recordedAt());
        if (outcome.tileChanged()) {
            changes.tileChanged(outcome.facts());
        }
        outcome.rows().forEach(change -> apply(change, changes));
    }

    private void apply(Outcome.RowChange change, DeltaBuilder changes) {
        switch (change) {
            case LeaveAsked(LeaveRequestView request) -> {
                pending.put(request.id(), request);
                changes.asked(request);
            }
            case LeaveStatusChanged changed -> {
                pending.remove(changed.leaveId());
                changes.noLongerPending(changed.leaveId());
            }
            case Outcome.PunchAdded _,
                    Outcome.SessionBegun _,
                    Outcome.SessionEnded _,
                    Outcome.SessionCorrected _ -> {}
        }
    }

    private void put(EmployeeFacts facts, Instant now) {
        employees.put(facts.employeeId(), facts);
        Instant next = PresenceRule.at(facts, now).nextChangeAt();
        if (next == null) {
            nextChanges.remove(facts.employeeId());
        } else {
            nextChanges.put(facts.employeeId(), next);
        }
    }

    /** Adds what happened before the board was loaded; oldest first. */
    void remember(BoardActivity line) {
        if (activity.size() == ACTIVITY) {
            activity.removeFirst();
        }
        activity.addLast(line);
    }

    String nameOf(String employeeId) {
        EmployeeFacts facts = employees.get(employeeId);
        return facts == null ? employeeId : facts.displayName();
    }

    private EmployeeFacts factsOf(String employeeId) {
        EmployeeFacts facts = employees.get(employeeId);
        return facts == null ? EmployeeFacts.initial(companyId, employeeId) : facts;
    }

    /** The tiles that the clock has changed since they were last asked for. */
    List<PresenceView> changedByTheClock(Instant now) {
        List<PresenceView> changed = new ArrayList<>();
        List<EmployeeFacts> due = new ArrayList<>();
        nextChanges.forEach(
                (employee, at) -> {
                    if (!at.isAfter(now)) {
                        due.add(factsOf(employee));
                    }
                });
        for (EmployeeFacts facts : due) {
            put(facts, now);
            changed.add(PresenceRule.at(facts, now));
        }
        return changed;
    }

    /** The tiles that look different on the other board of the company. */
    List<PresenceView> differentOn(LiveBoard other, Instant now) {
        List<PresenceView> different = new ArrayList<>();
        other.employees.forEach(
                (employee, facts) -> {
                    PresenceView tile = PresenceRule.at(facts, now);
                    if (!tile.equals(PresenceRule.at(factsOf(employee), now))) {
                        different.add(tile);
                    }
                });
        return different;
    }

    Map<Presence, Integer> counts(Instant now) {
        Map<Presence, Integer> counts = new EnumMap<>(Presence.class);
        employees
                .values()
                .forEach(
                        facts ->
                                counts.merge(
                                        PresenceRule.at(facts, now).presence(), 1, Integer::sum));
        return counts;
    }

    /** By employee id. */
    List<PresenceView> rows(Instant now) {
        return tiles(_ -> true, now);
    }

    private List<PresenceView> tiles(Predicate<EmployeeFacts> wanted, Instant now) {
        return employees.values().stream()
                .filter(wanted)
                .map(facts -> PresenceRule.at(facts, now))
                .sorted(Comparator.comparing(PresenceView::employeeId))
                .toList();
    }

    /** Oldest first. */
    List<LeaveRequestView> pendingLeave() {
        return List.copyOf(pending.values());
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
        Instant repaired = now.minus(REPAIRS_REMEMBERED);
        return new BoardDelta(
                seq,
                tiles(facts -> mayDiffer(facts, number, repaired, now), now),
                pendingLeave(),
                decidedSince.stream().filter(id -> !pending.containsKey(id)).toList(),
                activity.stream().filter(line -> line.seq() > number).toList());
    }

    private static boolean mayDiffer(
            EmployeeFacts facts, long number, Instant repaired, Instant now) {
        Instant change = facts.nextChangeAt();
        Instant parkedChange = facts.parkedChangedAt();
        return facts.lastSeq() > number
                || facts.parked()
                || parkedChange != null && parkedChange.isAfter(repaired)
                || change != null && !change.isAfter(now);
    }
}
