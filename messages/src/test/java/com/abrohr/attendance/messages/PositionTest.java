package com.abrohr.attendance.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.attendance.CorrectionReceipt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

class PositionTest {

    @ParameterizedTest
    @ValueSource(strings = {"e1", "-", "a b", "ñ/ 😀", "1|2"})
    void isReadBackForAnyEmployee(String employeeId) {
        var position = new Position("acme", employeeId, 7);

        assertThat(Position.parse(position.text())).contains(position);
        assertThat(position.text()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void isTheNumberOfTheReceipt() {
        assertThat(Position.after("acme", new CorrectionReceipt("ws-1-e1", "e1", "k", 6)))
                .isEqualTo(new Position("acme", "e1", 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2/7/acme",
                "1/TIME_CLOCK/7/acme/e1",
                "3/7/acme/e1",
                "2/-1/acme/e1",
                "2/07/acme/e1",
                "2/99999999999999999999/acme/e1",
                "2/7/acme/e1/e2",
                "2/7/acme/e\0",
            })
    void nothingElseIsOne(String parts) {
        assertThat(Position.parse(encoded(parts.replace('/', '\u001f')))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "=", "a b", "' or 1=1", "AA=="})
    void nothingButItsOwnEncodingIsOne(String text) {
        assertThat(Position.parse(text)).isEmpty();
        assertThat(Position.parse("A".repeat(3000))).isEmpty();
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
