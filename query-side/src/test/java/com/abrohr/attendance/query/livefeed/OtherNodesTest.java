package com.abrohr.attendance.query.livefeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Each place of the log that another node has written is read once; own ones never. */
class OtherNodesTest {

    private static final DomainEventMessage<?> MESSAGE =
            new GenericDomainEventMessage<>("type", "id", 0, "payload");

    private final List<List<Long>> reads = new ArrayList<>();
    private final List<Long> delivered = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private long failures;
    private final OtherNodes nodes = new OtherNodes(tail(), tasks::add, this::deliver);

    private LogTail tail() {
        JdbcTemplate jdbc = mock();
        when(jdbc.query(
                        org.mockito.ArgumentMatchers.anyString(),
                        org.mockito.ArgumentMatchers.<LogRows>any(),
                        anyLong(),
                        anyLong(),
                        anyInt()))
                .thenAnswer(
                        call -> {
                            if (failures-- > 0) {
                                throw new IllegalStateException("the database is away");
                            }
                            long after = call.getArgument(2);
                            long before = call.getArgument(3);
                            int limit = call.getArgument(4);
                            reads.add(List.of(after, before));
                            List<LogRow> rows = new ArrayList<>();
                            for (long i = after + 1; i < before && rows.size() < limit; i++) {
                                rows.add(new LogRow(i, "c", i, "e", Instant.EPOCH, MESSAGE));
                            }
                            return rows;
                        });
        return new LogTail(jdbc, mock());
    }

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

        assertThat(reads).isEmpty();
    }

    @Test
    void whatAnotherNodeWroteBetweenOwnBatchesIsReadAlone() {
        nodes.skipTo(10);
        nodes.ownBatch(13, 15);
        runAll();
        nodes.heard(17);
        runAll();

        assertThat(reads).containsExactly(List.of(10L, 13L), List.of(15L, 18L));
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

        assertThat(reads).hasSize(3);
        assertThat(delivered).hasSize(2500).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aReadThatFailsIsMadeGoodByTheNextSignal() {
        failures = 1;
        nodes.skipTo(10);
        nodes.heard(11);
        runAll();
        assertThat(delivered).isEmpty();

        nodes.heard(11);
        runAll();

        assertThat(delivered).containsExactly(11L);
    }
}
