package com.abrohr.attendance.edge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryRequestTest {

    @ParameterizedTest
    @CsvSource({
        "'',                                 true",
        "EIO=4&transport=polling,            true",
        "EIO=4&recovery=1,                   true",
        "EIO=4&recovery=0&transport=polling, false",
        "recovery=false,                     false",
        "my_recovery=0,                      true"
    })
    void aClientIsGivenOffsetsUnlessItsQuerySaysNo(String query, boolean recovers) {
        assertThat(request(query).recovers()).isEqualTo(recovers);
    }

    @Test
    void anythingElseIsRefusedByName() {
        assertThatThrownBy(() -> request("recovery=perhaps"))
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.field()).isEqualTo("recovery"));
    }

    private static RecoveryRequest request(String query) {
        return RecoveryRequest.of(BridgeFixture.json("{}"), query);
    }
}
