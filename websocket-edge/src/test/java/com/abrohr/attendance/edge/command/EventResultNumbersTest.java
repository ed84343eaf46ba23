package com.abrohr.attendance.edge.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.CorrectionReceipt;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchReceipt;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.leave.LeaveReceipt;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.SubmitLeave;

import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.List;

/** Every answer names what it stored by the company's number. */
class EventResultNumbersTest {

    private static final Instant EIGHT = Instant.parse("2026-11-27T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    punch_in          | {"timestamp":"2026-11-27T08:00:00Z"}                                      | 7
                    attendance_update | {"attendanceId":"ws-1-ana","punchInTime":"2026-11-27T07:00:00Z"}          | 10
                    leave_request     | {"leaveType":"annual","startDate":"2026-12-01","endDate":"2026-12-02"}    | 11
                    """)
    void isTheNumberOfTheReceipt(String event, String payload, long seq) {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        bus.subscribe(
                PunchIn.class.getName(),
                _ -> new PunchReceipt("ws-1-ana", PunchType.IN, "ana", "k", EIGHT, EIGHT, 7));
        bus.subscribe(
                CorrectWorkSession.class.getName(),
                _ -> new CorrectionReceipt("ws-1-ana", "ana", "k", 10));
        bus.subscribe(
                SubmitLeave.class.getName(),
                _ -> new LeaveReceipt("lv-1-ana", LeaveStatus.PENDING, "ana", "k", 11));
        var events = new ClientEvents(DefaultCommandGateway.builder().commandBus(bus).build());
        var origin =
                new EventOrigin(
                        new Caller("acme", "u-1", "ana", Role.HR, Instant.MAX),
                        EIGHT,
                        "correlation",
                        commandId -> {});

        EventResult answer =
                events.handle(
                        event, origin, List.of(JsonMapper.builder().build().readTree(payload)));

        assertThat(answer.fields()).containsEntry("seq", seq);
    }
}
