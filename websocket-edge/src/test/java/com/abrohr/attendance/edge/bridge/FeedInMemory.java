package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** One company's feed table and its emitter, with faults. */
final class FeedInMemory implements FeedReader {

    final List<FeedEntry> entries = new CopyOnWriteArrayList<>();
    String epoch = "first";
    Consumer<FeedBatch> updates = batch -> {};
    Runnable broken = () -> {};
    Runnable whileWatching = () -> {};
    int failingWatches;
    int failingReads;
    int readsThatFound;

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
        updates.accept(new FeedBatch("c1", List.copyOf(entries.subList((int) from - 1, (int) to))));
    }

    @Override
    public Watch watch(String companyId, Consumer<FeedBatch> updates, Runnable broken) {
        if (failingWatches-- > 0) {
            throw new IllegalStateException("no database");
        }
        FeedPosition position = new FeedPosition(epoch, entries.size());
        this.updates = updates;
        this.broken = broken;
        whileWatching.run();
        return new Watch(position, () -> {});
    }

    @Override
    public FeedPage read(String companyId, String employeeId, long afterSeq) {
        if (failingReads-- > 0) {
            throw new IllegalStateException("no database");
        }
        List<FeedEntry> found =
                entries.stream()
                        .filter(each -> each.seq() > afterSeq)
                        .filter(each -> employeeId == null || each.employeeId().equals(employeeId))
                        .limit(LIMIT)
                        .toList();
        if (!found.isEmpty()) {
            readsThatFound++;
        }
        return new FeedPage(new FeedPosition(epoch, entries.size()), found);
    }
}
