package com.abrohr.attendance.query.livefeed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals();

    @Test
    void whoever_waits_for_a_company_is_woken_by_its_next_arrival_and_by_no_other() {
        CompletableFuture<Void> one = arrivals.next("c1");
        CompletableFuture<Void> same = arrivals.next("c1");
        CompletableFuture<Void> other = arrivals.next("c2");

        arrivals.grown("c1");

        assertThat(one).isCompleted();
        assertThat(same).isCompleted();
        assertThat(other).isNotDone();
        assertThat(arrivals.next("c1")).isNotDone();
    }
}
