package com.abrohr.attendance.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.attendance.CorrectionReceipt;
import com.abrohr.attendance.messages.leave.LeaveReceipt;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.workforce.EmployeeReceipt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

class PositionTest {

    @ParameterizedTest
    @ValueSource(strings = {"e1", "-", "a b", "ñ/ 😀", "1|2"})
    void isReadBackForAnyEmployee(String employeeId) {
        var position = new Position("acme", employeeId, EmployeeStream.TIME_CLOCK, 7);

        assertThat(Position.parse(position.text())).contains(position);
        assertThat(position.text()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void isTheLastNumberThatTheWriteTook() {
        assertThat(Position.after("acme", new EmployeeReceipt("e1", "k", 0)))
                .isEqualTo(new Position("acme", "e1", EmployeeStream.EMPLOYEE, 0));
        assertThat(
                        Position.after(
                                "acme",
                                new LeaveReceipt("lv-1-e1", LeaveStatus.PENDING, "e1", "k", 4)))
                .isEqualTo(new Position("acme", "e1", EmployeeStream.LEAVE_ACCOUNT, 4));
        assertThat(Position.after("acme", new CorrectionReceipt("ws-1-e1", "e1", "k", 4)))
                .isEqualTo(new Position("acme", "e1", EmployeeStream.TIME_CLOCK, 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1/TIME_CLOCK/7/acme",
                "2/TIME_CLOCK/7/acme/e1",
                "1/PAYROLL/7/acme/e1",
                "1/TIME_CLOCK/-1/acme/e1",
                "1/TIME_CLOCK/07/acme/e1",
                "1/TIME_CLOCK/99999999999999999999/acme/e1",
                "1/TIME_CLOCK/7/acme/e1/e2",
                "1/TIME_CLOCK/7/acme/e\0",
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
