package com.abrohr.attendance.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.eventlog.RecordedEvent;

import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which events a batch applies, which become dead letters, and how far its companies move. */
class ProjectionBatchTest {
    private static final Instant NOW = Instant.parse("2026-11-02T08:00:00Z");
    private static final EmployeeKey ANA = new EmployeeKey("c", "e1");

    private final Employees employees = new Employees();
    private final ProjectionBatch batch = new ProjectionBatch(employees, List.of());

    @Test
    void whatWasAppliedBeforeChangesNothing() {
        batch.loaded("c", 7);
        batch.apply(event(7, "e1"));

        assertThat(employees.applied).isEmpty();
        assertThat(batch.movedPositions()).isEmpty();
    }

    @Test
    void aGapInTheNumbersOfACompanyIsNeverPassedOver() {
        batch.loaded("c", 7);
        assertThatThrownBy(() -> batch.apply(event(9, "e1"))).isInstanceOf(SequenceGap.class);
    }

    @Test
    void anEventOfNoEmployeeMovesItsCompanyOn() {
        batch.apply(new PendingEvent(event(1, "e1").message(), "c", null));

        assertThat(employees.applied).isEmpty();
        assertThat(batch.movedPositions()).isEqualTo(Map.of("c", 1L));
    }

    @Test
    void anEventWhoseStreamIsOfAnotherCompanyMovesOnTheOneWhoseNumberItHas() {
        var strange =
                new GenericDomainEventMessage<>(
                        "Any",
                        "employee/other/e1",
                        0,
                        registered("e1"),
                        Map.of(MetadataKeys.COMPANY_ID, "c", MetadataKeys.COMPANY_SEQ, "1"));
        batch.apply(PendingEvent.of(strange).orElseThrow());

        assertThat(employees.applied).isEmpty();
        assertThat(batch.movedPositions()).isEqualTo(Map.of("c", 1L));
    }

    @Test
    void eventsOfADeadLetteredEmployeeBecomeDeadLettersAndEverybodyElseGoesOn() {
        employees.refused = 1;
        PendingEvent refused = event(1, "e1");
        assertThatThrownBy(() -> batch.apply(refused)).isInstanceOf(IllegalStateException.class);
        batch.deadLetter(refused, ANA, NOW);
        batch.apply(event(2, "e1"));
        batch.apply(event(3, "e2"));

        assertThat(batch.deadLetters())
                .extracting(deadLetter -> deadLetter.seq().getAsLong())
                .containsExactly(2L);
        assertThat(employees.applied).containsExactly(3L);
        assertThat(batch.movedPositions()).isEqualTo(Map.of("c", 3L));
        assertThat(batch.isDeadLettered(ANA)).isTrue();
    }

    @Test
    void deadLettersThatTheRowHasSeenAreNotAppliedAgain() {
        batch.apply(event(1, "e1"));
        batch.revive(ANA, NOW);
        batch.reapply(read(event(1, "e1")));
        batch.reapply(read(event(5, "e1")));

        assertThat(employees.applied).containsExactly(1L, 5L);
        assertThat(batch.movedPositions()).isEqualTo(Map.of("c", 1L));
    }

    private static RecordedEvent read(PendingEvent event) {
        return RecordedEvent.read(event.message(), event.stream());
    }

    private static PendingEvent event(long seq, String employee) {
        return PendingEvent.of(
                        new GenericDomainEventMessage<>(
                                "Any",
                                "employee/c/" + employee,
                                0,
                                registered(employee),
                                Map.of(
                                        MetadataKeys.COMPANY_ID,
                                        "c",
                                        MetadataKeys.COMPANY_SEQ,
                                        Long.toString(seq),
                                        MetadataKeys.RECEIVED_AT,
                                        NOW.toString(),
                                        MetadataKeys.COMMAND_ID,
                                        "k",
                                        MetadataKeys.SOURCE,
                                        "WEB")))
                .orElseThrow();
    }

    private static EmployeeRegistered registered(String employee) {
        return new EmployeeRegistered("c", employee, null, null, null, "UTC");
    }

    /** Remembers what was applied. */
    private static final class Employees implements EmployeeReadModel.Batch {
        private final List<Long> applied = new ArrayList<>();
        private final Map<EmployeeKey, Long> lastSeqs = new HashMap<>();
        private final Set<EmployeeKey> deadLettered = new HashSet<>();
        private long refused;

        @Override
        public void apply(RecordedEvent event) {
            if (event.seq() == refused) {
                throw new IllegalStateException("refused");
            }
            applied.add(event.seq());
            lastSeqs.put(event.employee(), event.seq());
        }

        @Override
        public boolean isDeadLettered(EmployeeKey employee) {
            return deadLettered.contains(employee);
        }

        @Override
        public void setDeadLettered(EmployeeKey employee, boolean now, Instant at) {
            if (now) {
                deadLettered.add(employee);
            } else {
                deadLettered.remove(employee);
            }
        }

        @Override
        public long lastSeq(EmployeeKey employee) {
            return lastSeqs.getOrDefault(employee, 0L);
        }

        @Override
        public void write(Pipeline pipeline) {
            throw new UnsupportedOperationException("nothing is written here");
        }
    }
}
