package com.abrohr.attendance.edge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryChoiceTest {

    @ParameterizedTest
    @CsvSource({
        "'',                                 WITH",
        "EIO=4&transport=polling,            WITH",
        "EIO=4&recovery=1,                   WITH",
        "EIO=4&recovery=0&transport=polling, WITHOUT",
        "recovery=false,                     WITHOUT",
        "my_recovery=0,                      WITH"
    })
    void aClientIsGivenOffsetsUnlessItsQuerySaysNo(String query, RecoveryChoice choice) {
        assertThat(RecoveryChoice.in(query)).isEqualTo(choice);
    }

    @Test
    void anythingElseIsRefusedByName() {
        assertThatThrownBy(() -> RecoveryChoice.in("recovery=perhaps"))
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.field()).isEqualTo("recovery"));
    }
}
