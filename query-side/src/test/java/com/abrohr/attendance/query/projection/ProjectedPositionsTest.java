package com.abrohr.attendance.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

class ProjectedPositionsTest {
    private final ProjectedPositions positions = new ProjectedPositions();

    @Test
    void whoever_waits_for_a_company_is_woken_by_its_next_move_and_by_no_other() {
        CompletableFuture<Void> one = positions.nextMove("c1");
        CompletableFuture<Void> same = positions.nextMove("c1");
        CompletableFuture<Void> other = positions.nextMove("c2");

        positions.moved("c1", 7);
        assertThat(positions.of("c1")).isEqualTo(7);

        assertThat(one).isCompleted();
        assertThat(same).isCompleted();
        assertThat(other).isNotDone();
        assertThat(positions.nextMove("c1")).isNotDone();
    }
}
