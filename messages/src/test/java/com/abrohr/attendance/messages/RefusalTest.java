package com.abrohr.attendance.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** A field has another name at each door; the words about it stay the same. */
class RefusalTest {

    @Test
    void aFaultIsSaidOfTheFieldByWhicheverNameItHas() {
        Refusal refusal = Refusal.fault("occurredAt", "is later than another occurredAt");
        assertThat(refusal.reason()).isEqualTo("occurredAt is later than another occurredAt");

        Refusal renamed = refusal.named("timestamp").named("items[1].timestamp");
        assertThat(renamed.code()).isEqualTo(RefusalCode.INVALID);
        assertThat(renamed.field()).isEqualTo("items[1].timestamp");
        assertThat(renamed.reason())
                .isEqualTo("items[1].timestamp is later than another occurredAt");
    }

    @Test
    void wordsThatDoNotBeginWithTheFieldStayAsTheyAre() {
        Refusal refusal =
                new Refusal(RefusalCode.OVERLAP, "occurredAt", "occurredAt", Map.of("seq", 7));

        Refusal renamed = refusal.named("timestamp");
        assertThat(renamed.field()).isEqualTo("timestamp");
        assertThat(renamed.reason()).isEqualTo("occurredAt");
        assertThat(renamed.details()).isEqualTo(Map.of("seq", 7));
    }
}
