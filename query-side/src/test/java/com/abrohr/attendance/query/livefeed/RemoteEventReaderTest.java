package com.abrohr.attendance.query.livefeed;

import static org.assertj.core.api.Assertions.assertThat;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;

/** Each event of another node is read once; own events never. */
class RemoteEventReaderTest {
    private static final DomainEventMessage<?> MESSAGE =
            new GenericDomainEventMessage<>("type", "id", 0, "payload");

    private final List<Long> delivered = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Log log = new Log();
    private final RemoteEventReader reader = new RemoteEventReader(log, tasks::add, this::deliver);

    private void deliver(List<LogRow> rows) {
        rows.forEach(row -> delivered.add(row.globalIndex()));
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.removeFirst().run();
        }
    }

    @Test
    void whatThisNodeWroteIsNotRead() {
        reader.skipTo(10);
        reader.ownBatch(11, 13);
        reader.appended(13);
        reader.ownBatch(14, 14);
        runAll();

        assertThat(log.reads).isEmpty();
    }

    @Test
    void whatAnotherNodeWroteBetweenOwnBatchesIsReadAlone() {
        reader.skipTo(10);
        reader.ownBatch(13, 15);
        runAll();
        reader.appended(17);
        runAll();

        assertThat(log.reads).containsExactly(List.of(10L, 13L), List.of(15L, 18L));
        assertThat(delivered).containsExactly(11L, 12L, 16L, 17L);
    }

    @Test
    void anOwnBatchThatWasDroppedIsReadAfterItsNotification() {
        reader.skipTo(10);
        reader.appended(12);
        runAll();
        reader.appended(12);
        runAll();

        assertThat(delivered).containsExactly(11L, 12L);
    }

    @Test
    void longAbsenceIsReadInPages() {
        reader.skipTo(0);
        reader.appended(2500);
        runAll();

        assertThat(log.reads).hasSize(3);
        assertThat(delivered).hasSize(2500).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aReadThatFailsIsRepeatedWithTheNextNotification() {
        log.failures = 1;
        reader.skipTo(10);
        reader.appended(11);
        runAll();
        assertThat(delivered).isEmpty();

        reader.appended(11);
        runAll();

        assertThat(delivered).containsExactly(11L);
    }

    /** Has an event at every index. */
    private static final class Log implements RemoteEventReader.LogPages {
        private final List<List<Long>> reads = new ArrayList<>();
        private int failures;

        @Override
        public List<LogRow> between(long after, long before, int limit) {
            if (failures-- > 0) {
                throw new IllegalStateException("the database is away");
            }
            reads.add(List.of(after, before));
            return LongStream.range(after + 1, before)
                    .limit(limit)
                    .mapToObj(index -> new LogRow(index, "c", index, "e", Instant.EPOCH, MESSAGE))
                    .toList();
        }
    }
}
