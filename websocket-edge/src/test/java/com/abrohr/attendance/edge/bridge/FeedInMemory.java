package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.BoardChanges;
import com.abrohr.attendance.messages.feed.BoardDelta;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.FeedUpdate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * One company's log with the query side's live board and emitter, and with faults. Whatever is
 * stored is on the live board at once, and emitted when a test says so.
 */
final class FeedInMemory implements FeedReader {

    final List<FeedEntry> entries = new CopyOnWriteArrayList<>();
    final List<Thread> readers = new CopyOnWriteArrayList<>();
    String epoch = "first";
    Consumer<FeedBatch> updates = batch -> {};
    Runnable broken = () -> {};
    Runnable whileWatching = () -> {};
    int failingWatches;
    int failingReads;
    int readsThatFound;
    int boardReads;
    int pageLimit = LIMIT;

    /** Boards that stood below it are shown as a whole. */
    long changesKnownAfter;

    private final LongFunction<FeedEntry> entry;

    FeedInMemory(LongFunction<FeedEntry> entry) {
        this.entry = entry;
    }

    /** Written by some node; not emitted here yet. */
    void append(int count) {
        for (int i = 0; i < count; i++) {
            entries.add(entry.apply(entries.size() + 1L));
        }
    }

    /** Emits stored entries here. */
    void emit(long from, long to) {
        updates.accept(batch(from, to));
    }

    FeedBatch batch(long from, long to) {
        return new FeedBatch(
                "c1", List.copyOf(entries.subList((int) from - 1, (int) to)), delta(from - 1, to));
    }

    /** The clock changes the tile of an employee. */
    void clockChanges(String employeeId) {
        updates.accept(
                new FeedBatch(
                        "c1",
                        List.of(),
                        new BoardDelta(
                                entries.size(),
                                List.of(tile(employeeId, Presence.ON_LEAVE)),
                                List.of(),
                                List.of(),
                                List.of())));
    }

    @Override
    public Watch watch(String companyId, Consumer<FeedBatch> updates, Runnable broken) {
        if (failingWatches-- > 0) {
            throw new IllegalStateException("no database");
        }
        FeedPosition position = position();
        this.updates = updates;
        this.broken = broken;
        whileWatching.run();
        return new Watch(position, () -> {});
    }

    @Override
    public FeedPage read(String companyId, String employeeId, long afterSeq) {
        readers.add(Thread.currentThread());
        if (failingReads-- > 0) {
            throw new IllegalStateException("no database");
        }
        List<FeedEntry> found =
                entries.stream()
                        .filter(each -> each.seq() > afterSeq)
                        .filter(each -> employeeId == null || each.employeeId().equals(employeeId))
                        .toList();
        if (!found.isEmpty()) {
            readsThatFound++;
        }
        return new FeedPage(
                position(),
                found.subList(0, Math.min(pageLimit, found.size())),
                found.size() > pageLimit);
    }

    @Override
    public BoardChanges boardChanges(String companyId, long afterSeq) {
        readers.add(Thread.currentThread());
        boardReads++;
        if (afterSeq > entries.size() || afterSeq < changesKnownAfter) {
            throw new Refusal(RefusalCode.STALE_VERSION, "only the whole board helps");
        }
        return new BoardChanges(position(), delta(afterSeq, entries.size()));
    }

    @Override
    public DashboardView board(String companyId) {
        readers.add(Thread.currentThread());
        BoardDelta all = delta(0, entries.size());
        return new DashboardView(
                position(),
                Instant.EPOCH,
                Map.of(Presence.IN, all.rows().size()),
                all.rows(),
                all.pending(),
                all.activity().reversed());
    }

    private FeedPosition position() {
        return new FeedPosition(epoch, entries.size());
    }

    private BoardDelta delta(long after, long to) {
        Map<String, PresenceView> rows = new LinkedHashMap<>();
        List<BoardActivity> activity = new ArrayList<>();
        List<String> decided = new ArrayList<>();
        for (FeedEntry each : entries.subList((int) after, (int) to)) {
            switch (each.update()) {
                case FeedUpdate.Punched punched -> {
                    rows.put(each.employeeId(), tile(each.employeeId(), Presence.IN));
                    activity.add(
                            new BoardActivity(
                                    each.seq(),
                                    "PUNCH_" + punched.type(),
                                    each.employeeId(),
                                    each.employeeId(),
                                    punched.occurredAt(),
                                    null));
                }
                case FeedUpdate.LeaveChanged(var leave) -> decided.add(leave.id());
                default -> {}
            }
        }
        return new BoardDelta(to, List.copyOf(rows.values()), List.of(), decided, activity);
    }

    static PresenceView tile(String employeeId, Presence presence) {
        return new PresenceView(
                employeeId,
                employeeId,
                null,
                null,
                "UTC",
                presence,
                Instant.EPOCH,
                null,
                null,
                null);
    }
}
