package com.abrohr.attendance.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How often a server that ends again and again is started. */
class RestartBackoffTest {

    private final RestartBackoff backoff = new RestartBackoff();

    @Test
    void theFirstTryIsMadeAtOnceAndTheNextOnesEverLaterUpToABound() {
        assertThat(pauses(9))
                .containsExactly(0L, 500L, 1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L);
    }

    @Test
    void aServerThatEndsSoonAfterItsStartIsNotStartedFasterForThat() {
        pauses(3);

        backoff.ranFor(RestartBackoff.LONG_RUN.minusSeconds(1));

        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aLongRunMakesTheNextTryAFirstOne() {
        pauses(5);

        backoff.ranFor(RestartBackoff.LONG_RUN);

        assertThat(pauses(2)).containsExactly(0L, 500L);
    }

    private List<Long> pauses(int count) {
        return Stream.generate(backoff::next).limit(count).map(Duration::toMillis).toList();
    }
}
