package com.abrohr.attendance.edge.engineio;

import static com.abrohr.attendance.edge.engineio.Heartbeat.Due.NOTHING;
import static com.abrohr.attendance.edge.engineio.Heartbeat.Due.PING;
import static com.abrohr.attendance.edge.engineio.Heartbeat.Due.TIMEOUT;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** A ping after 300, and 200 for its answer. Times are in milliseconds here. */
class HeartbeatTest {

    private final Heartbeat heartbeat =
            new Heartbeat(
                    new TestSettings()
                            .withHeartbeat(Duration.ofMillis(300), Duration.ofMillis(200))
                            .build(),
                    0);

    private Heartbeat.Due at(long millis) {
        return heartbeat.due(Duration.ofMillis(millis).toNanos(), true);
    }

    private Heartbeat.Due betweenPollsAt(long millis) {
        return heartbeat.due(Duration.ofMillis(millis).toNanos(), false);
    }

    private void pong(long millis) {
        heartbeat.pong(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void aClientThatAnswersIsPingedAgainOneIntervalAfterItsAnswer() {
        assertThat(at(299)).isEqualTo(NOTHING);
        assertThat(at(300)).isEqualTo(PING);
        assertThat(at(301)).isEqualTo(NOTHING);
        pong(350);
        assertThat(at(649)).isEqualTo(NOTHING);
        assertThat(at(650)).isEqualTo(PING);
    }

    @Test
    void aClientThatDoesNotAnswerIsGivenUp() {
        assertThat(at(310)).isEqualTo(PING);
        assertThat(at(499)).isEqualTo(NOTHING);
        assertThat(at(500)).isEqualTo(TIMEOUT);
    }

    @Test
    void aServerThatPingsLateGivesTheClientItsWholeTime() {
        assertThat(at(900)).isEqualTo(PING);
        assertThat(at(1_099)).isEqualTo(NOTHING);
        assertThat(at(1_100)).isEqualTo(TIMEOUT);
    }

    @Test
    void aClientThatDoesNotPollHearsOfItsPingLateByItself() {
        assertThat(betweenPollsAt(400)).isEqualTo(PING);
        assertThat(at(499)).isEqualTo(NOTHING);
        assertThat(at(500)).isEqualTo(TIMEOUT);
    }

    @Test
    void aClientThatDidNotPollForAllThatTimeIsGivenUpAtOnce() {
        assertThat(betweenPollsAt(500)).isEqualTo(TIMEOUT);
    }

    @Test
    void anAnswerThatNobodyAskedForChangesNothing() {
        pong(100);
        assertThat(at(300)).isEqualTo(PING);
    }
}
