package com.abrohr.attendance.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.stream.LongStream;

class SamplesTest {
    private final Samples samples = new Samples();

    @Test
    void a_quantile_is_the_nearest_rank_in_milliseconds() {
        LongStream.rangeClosed(1, 200).forEach(ms -> samples.add(ms * 1_000_000));

        assertThat(samples.quantiles().millis(0.5)).isEqualTo(100);
        assertThat(samples.quantiles().millis(0.99)).isEqualTo(198);
        assertThat(samples.quantiles().millis(1)).isEqualTo(200);
        assertThat(samples.quantiles().millis(0)).isEqualTo(1);
    }

    @Test
    void nothing_measured_has_no_quantiles() {
        assertThatThrownBy(samples::quantiles).isInstanceOf(IllegalStateException.class);
    }
}
