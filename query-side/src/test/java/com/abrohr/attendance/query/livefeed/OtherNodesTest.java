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

/** Each place of the log that another node has written is read once; own ones never. */
class OtherNodesTest {

    private static final DomainEventMessage<?> MESSAGE =
            new GenericDomainEventMessage<>("type", "id", 0, "payload");

    private final List<Long> delivered = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Log log = new Log();
    private final OtherNodes nodes = new OtherNodes(log, tasks::add, this::deliver);

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
        nodes.skipTo(10);
        nodes.ownBatch(11, 13);
        nodes.heard(13);
        nodes.ownBatch(14, 14);
        runAll();

        assertThat(log.reads).isEmpty();
    }

    @Test
    void whatAnotherNodeWroteBetweenOwnBatchesIsReadAlone() {
        nodes.skipTo(10);
        nodes.ownBatch(13, 15);
        runAll();
        nodes.heard(17);
        runAll();

        assertThat(log.reads).containsExactly(List.of(10L, 13L), List.of(15L, 18L));
        assertThat(delivered).containsExactly(11L, 12L, 16L, 17L);
    }

    @Test
    void anOwnBatchThatWasDroppedIsReadOnceItIsHeardOf() {
        nodes.skipTo(10);
        nodes.heard(12);
        runAll();
        nodes.heard(12);
        runAll();

        assertThat(delivered).containsExactly(11L, 12L);
    }

    @Test
    void longAbsenceIsReadInPages() {
        nodes.skipTo(0);
        nodes.heard(2500);
        runAll();

        assertThat(log.reads).hasSize(3);
        assertThat(delivered).hasSize(2500).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aReadThatFailsIsMadeGoodByTheNextSignal() {
        log.failures = 1;
        nodes.skipTo(10);
        nodes.heard(11);
        runAll();
        assertThat(delivered).isEmpty();

        nodes.heard(11);
        runAll();

        assertThat(delivered).containsExactly(11L);
    }

    /** Has an event at every place. */
    private static final class Log implements LogTail {

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
                    .mapToObj(place -> new LogRow(place, "c", place, "e", Instant.EPOCH, MESSAGE))
                    .toList();
        }

        @Override
        public Head head() {
            throw new UnsupportedOperationException("asked by the feed only");
        }

        @Override
        public void renewEpoch(String known) {
            throw new UnsupportedOperationException("asked by the feed only");
        }
    }
}
