package com.abrohr.attendance.messages.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.leave.LeaveRequestId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkSessionIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"e1", "-", "a-b-c", "7", "ws-1-e1", "ñ/ 😀"})
    void isReadBackForAnyEmployee(String employeeId) {
        var id = new WorkSessionId(employeeId, 12);

        assertThat(id.toString()).isEqualTo("ws-12-" + employeeId);
        assertThat(WorkSessionId.parse(id.toString())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ws-",
                "ws-1",
                "ws-1-",
                "ws--e1",
                "ws-0-e1",
                "ws-01-e1",
                "ws-+1-e1",
                "ws--1-e1",
                "ws-x-e1",
                "ws-99999999999999999999-e1",
                "WS-1-e1",
                "lv-1-e1"
            })
    void nothingElseIsTakenForAnId(String text) {
        assertThat(WorkSessionId.parse(text)).isEmpty();
    }

    @Test
    void aLeaveRequestsIdIsAnotherKind() {
        assertThat(LeaveRequestId.parse("lv-3-e1")).contains(new LeaveRequestId("e1", 3));
        assertThat(LeaveRequestId.parse("ws-3-e1")).isEmpty();
    }
}
