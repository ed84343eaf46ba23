package com.abrohr.attendance.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.command.eventstore.AppendResult.Conflict;
import com.abrohr.attendance.command.eventstore.AppendResult.Duplicate;
import com.abrohr.attendance.command.eventstore.AppendResult.Stored;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;

class BatchDecisionTest {

    private final BatchDecision decision = new BatchDecision();

    private static PendingAppend append(String command, long... sequences) {
        return new PendingAppend(new CommandKey("acme", "e", command), rows(command, sequences));
    }

    private static PendingAppend appendUnlessChanged(
            String command, StreamVersion unchanged, long... sequences) {
        return new PendingAppend(
                new CommandKey("acme", "e", command), rows(command, sequences), unchanged);
    }

    private static List<EventRow> rows(String command, long... sequences) {
        return LongStream.of(sequences)
                .mapToObj(
                        sequence ->
                                new EventRow(
                                        Punches.punch("e", command, sequence),
                                        UUID.randomUUID(),
                                        "TimeClock",
                                        "a",
                                        sequence,
                                        0,
                                        null,
                                        "PunchedIn",
                                        "1",
                                        new byte[0],
                                        new byte[0]))
                .toList();
    }

    @Test
    void anAppendIsOvertakenWhereAnotherStreamHasGrownThatItWasDecidedOn() {
        PendingAppend stale = appendUnlessChanged("c0", new StreamVersion("b", 0), 0);
        PendingAppend fresh = appendUnlessChanged("c1", new StreamVersion("b", 1), 0);
        decision.newest("a", -1);
        decision.newest("b", 1);
        decision.decide(stale);
        decision.decide(fresh);

        assertThat(decision.accepted()).containsExactly(fresh);
        assertThat(decision.answers().get(stale)).isEqualTo(new Conflict("b", 0, 1));
    }

    @Test
    void aStreamMayGrowInTheSameBatchAfterTheAppendThatWasDecidedOnIt() {
        StreamVersion unchanged = new StreamVersion("a", 3);
        PendingAppend before = appendUnlessChanged("c0", unchanged, 4);
        PendingAppend after = appendUnlessChanged("c1", unchanged, 5);
        decision.newest("a", 3);
        decision.decide(before);
        decision.decide(after);

        assertThat(decision.accepted()).containsExactly(before);
        assertThat(decision.answers().get(after)).isEqualTo(new Conflict("a", 3, 4));
        assertThat(StreamVersions.changeWithin(List.of(before))).isFalse();
        assertThat(StreamVersions.changeWithin(List.of(before, after))).isTrue();
    }

    @Test
    void anAppendFollowsThoseThatWereAcceptedBeforeItInItsBatch() {
        PendingAppend first = append("c0", 4, 5);
        PendingAppend second = append("c1", 6);
        decision.newest("a", 3);
        decision.decide(first);
        decision.decide(second);
        decision.stored(new StoredBatch(11, Map.of("acme", 7L), Instant.EPOCH));

        assertThat(decision.answers())
                .containsEntry(first, new Stored(new StoredAt(11, 8, 2, Instant.EPOCH)))
                .containsEntry(second, new Stored(new StoredAt(13, 10, 1, Instant.EPOCH)));
    }

    @Test
    void anAppendThatFitsOnlyInPartLeavesNothingBehind() {
        PendingAppend halfFitting = append("c0", 0, 2);
        PendingAppend fitting = append("c1", 0);
        decision.newest("a", -1);
        decision.decide(halfFitting);
        decision.decide(fitting);

        assertThat(decision.accepted()).containsExactly(fitting);
        assertThat(decision.answers().get(halfFitting)).isEqualTo(new Conflict("a", 1, 0));
    }

    @Test
    void aCommandTwiceInOneBatchIsARepeat() {
        PendingAppend again = append("c0", 1);
        decision.newest("a", -1);
        decision.decide(append("c0", 0));
        decision.decide(again);

        assertThat(decision.answers().get(again)).isEqualTo(new Duplicate(again.command()));
    }

    @Test
    void aRejectedCommandMayComeAgainInTheSameBatch() {
        PendingAppend retried = append("c0", 0);
        decision.newest("a", -1);
        decision.decide(append("c0", 1));
        decision.decide(retried);

        assertThat(decision.accepted()).containsExactly(retried);
    }
}
