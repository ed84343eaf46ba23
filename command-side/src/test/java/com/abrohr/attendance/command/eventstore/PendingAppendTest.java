package com.abrohr.attendance.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** What a caller who leaves may be sure of. */
class PendingAppendTest {

    private static final Duration SHORT = Duration.ofMillis(1);

    private final PendingAppend append =
            new PendingAppend(new CommandKey("acme", "e", "c"), List.of());

    @Test
    void whoLeavesBeforeAnythingWasSentIsSureAndIsNotTaken() {
        assertThatThrownBy(() -> append.await(SHORT)).isInstanceOf(LogUnavailable.class);
        assertThat(append.take()).isFalse();
    }

    @Test
    void whoLeavesWhileTheWriterIsAtItIsNotSure() {
        assertThat(append.take()).isTrue();
        assertThatThrownBy(() -> append.await(SHORT)).isInstanceOf(AppendOutcomeUnknown.class);
        assertThat(append.release()).isFalse();
        assertThat(append.take()).isFalse();
    }

    @Test
    void whatWasGivenBackBecauseNothingIsStoredIsSureAgain() {
        append.take();
        assertThat(append.release()).isTrue();
        assertThatThrownBy(() -> append.await(SHORT)).isInstanceOf(LogUnavailable.class);
    }

    @Test
    void whatTheServerMayStillStoreIsNeverSureAgain() {
        append.take();
        append.mayBeStored();
        assertThat(append.release()).isTrue();
        assertThat(append.take()).isTrue();
        assertThat(append.release()).isTrue();
        assertThatThrownBy(() -> append.await(SHORT)).isInstanceOf(AppendOutcomeUnknown.class);
        assertThat(append.take()).isFalse();
    }

    @Test
    void whatIsTurnedAwayIsNotStoredUnlessItMayBe() {
        append.reject("closing");
        assertThatThrownBy(() -> append.await(SHORT)).isInstanceOf(LogUnavailable.class);

        PendingAppend sent = new PendingAppend(append.command(), List.of());
        sent.mayBeStored();
        sent.reject("closing");
        assertThatThrownBy(() -> sent.await(SHORT)).isInstanceOf(AppendOutcomeUnknown.class);
    }
}
