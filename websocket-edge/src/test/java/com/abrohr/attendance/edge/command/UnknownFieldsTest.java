package com.abrohr.attendance.edge.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.CorrectionReceipt;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.attendance.PunchReceipt;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.LeaveReceipt;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;

import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Each event takes all of its fields, the guide's first of all, and no other. */
class UnknownFieldsTest {

    private static final Instant EIGHT = Instant.parse("2026-11-27T08:00:00Z");
    private static final String EVENTS =
            """
            punch_in          | {"employeeId":"ana","timestamp":"2026-11-27T08:00:00.000Z","location":{"lat":1,"lng":2,"accuracy":3}}
            punch_in          | {"timestamp":"2026-11-27T08:00:00.000Z","location":null,"commandId":"k","offline":true}
            punch_out         | {"employeeId":"ana","timestamp":"2026-11-27T08:00:00.000Z","location":{}}
            attendance_update | {"attendanceId":"ws-1-ana","employeeId":"ana","punchInTime":"2026-11-27T07:00:00Z","punchOutTime":"2026-11-27T08:00:00Z","reason":"forgot","commandId":"k"}
            leave_request     | {"employeeId":"ana","leaveType":"annual","startDate":"2026-12-01","endDate":"2026-12-02","reason":"rest","commandId":"k"}
            leave_approve     | {"id":"lv-1-ana","approved":false,"comment":"no","commandId":"k"}
            leave_withdraw    | {"id":"lv-1-ana","commandId":"k"}
            """;

    private final List<Object> sent = new ArrayList<>();
    private ClientEvents events;

    @BeforeEach
    void start() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        Stream.of(
                        PunchIn.class,
                        PunchOut.class,
                        CorrectWorkSession.class,
                        SubmitLeave.class,
                        WithdrawLeave.class,
                        ApproveLeave.class,
                        RejectLeave.class)
                .forEach(
                        type ->
                                bus.subscribe(
                                        type.getName(),
                                        command ->
                                                receipt((EmployeeCommand) command.getPayload())));
        events = new ClientEvents(DefaultCommandGateway.builder().commandBus(bus).build());
    }

    private Object receipt(EmployeeCommand command) {
        sent.add(command);
        return switch (command) {
            case PunchIn _, PunchOut _ ->
                    new PunchReceipt("ws-1-ana", PunchType.IN, "ana", "k", EIGHT, EIGHT, 7);
            case CorrectWorkSession _ -> new CorrectionReceipt("ws-1-ana", "ana", "k", 7);
            default -> new LeaveReceipt("lv-1-ana", LeaveStatus.PENDING, "ana", "k", 7);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = EVENTS)
    void aFieldThatTheEventHasIsTaken(String event, String payload) {
        handle(event, read(payload));

        assertThat(sent).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = EVENTS)
    void oneThatItDoesNotHaveIsRefusedByName(String event, String payload) {
        assertThatThrownBy(() -> handle(event, read(payload).put("halfDay", true)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.INVALID);
                            assertThat(refusal.field()).isEqualTo("halfDay");
                        });
        assertThat(sent).isEmpty();
    }

    private EventResult handle(String event, ObjectNode payload) {
        var origin =
                new EventOrigin(
                        new Caller("acme", "u-1", "ana", Role.HR, Instant.MAX),
                        EIGHT,
                        "correlation",
                        commandId -> {});
        return events.handle(event, origin, List.of(payload));
    }

    private static ObjectNode read(String json) {
        return (ObjectNode) JsonMapper.builder().build().readTree(json);
    }
}
