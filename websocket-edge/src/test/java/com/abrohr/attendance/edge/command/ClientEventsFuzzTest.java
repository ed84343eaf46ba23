package com.abrohr.attendance.edge.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Every event of a client becomes a command or is refused, whatever its payload is. */
class ClientEventsFuzzTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> NAMES =
            List.of(
                    "punch_in",
                    "punch_out",
                    "punch_batch",
                    "attendance_update",
                    "leave_request",
                    "leave_approve",
                    "leave_withdraw",
                    "unheard_of");

    private final ClientEvents events =
            new ClientEvents(
                    (CommandGateway)
                            Proxy.newProxyInstance(
                                    CommandGateway.class.getClassLoader(),
                                    new Class<?>[] {CommandGateway.class},
                                    (gateway, method, arguments) ->
                                            CompletableFuture.failedFuture(
                                                    new Refusal(
                                                            RefusalCode.TOO_OLD,
                                                            "occurredAt",
                                                            "occurredAt is too old"))));

    static Stream<String> payloads() {
        return Stream.of(
                "{}",
                "null",
                "[1]",
                "{\"employeeId\":\"ana\",\"timestamp\":\"2026-11-27T08:00:00.000Z\",\"location\":{\"lat\":1,\"lng\":2,\"accuracy\":3},\"commandId\":\"k\",\"offline\":true}",
                "{\"timestamp\":\"2026-11-27T09:00:00+01:00\",\"location\":{\"lat\":1,\"lng\":2,\"altitude\":4,\"speed\":null}}",
                "{\"timestamp\":\"-999999999-01-01T00:00:00+18:00\"}",
                "{\"timestamp\":\"+999999999-12-31T23:59:59.999999999-18:00\"}",
                "{\"timestamp\":\"2026-11-27T08:00:00Z\",\"location\":{\"lat\":1e400,\"lng\":2}}",
                "{\"timestamp\":\"2026-11-27T08:00:00Z\",\"location\":{\"lat\":"
                        + "9".repeat(400)
                        + ",\"lng\":2}}",
                "{\"timestamp\":\"2026-11-27T08:00:00Z\",\"location\":{\"lat\":-0.0,\"lng\":1e-400,\"accuracy\":null}}",
                "{\"offline\":true,\"items\":[{\"type\":\"in\",\"employeeId\":\"ana\",\"timestamp\":\"2026-11-27T08:00:00.000Z\",\"location\":{},\"commandId\":\"k\"},7,{\"type\":\"on\"}]}",
                "{\"offline\":false,\"items\":{}}",
                "{\"attendanceId\":\"ws-1-ana\",\"employeeId\":\"ana\",\"punchInTime\":\"2026-11-27T07:00:00Z\",\"punchOutTime\":\"2026-11-27T08:00:00Z\",\"reason\":\"forgot\",\"commandId\":\"k\"}",
                "{\"attendanceId\":\"ws-99999999999999999999-ana\"}",
                "{\"employeeId\":\"ana\",\"leaveType\":\"annual\",\"startDate\":\"2026-12-01\",\"endDate\":\"2026-12-02\",\"reason\":\"rest\",\"commandId\":\"k\"}",
                "{\"leaveType\":\"unpaid\",\"startDate\":\"+999999999-12-31\",\"endDate\":\"-999999999-01-01\"}",
                "{\"id\":\"lv-1-ana\",\"approved\":false,\"comment\":\"no\",\"commandId\":\"k\"}",
                "{\"id\":\"lv--1-\",\"approved\":true,\"commandId\":\"\\ud800\\u0000\"}");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    @Timeout(30)
    void known(String payload) {
        anEventIsACommandOrRefused(payload);
    }

    // Without the known ones: they would load the parser before Jazzer can instrument it.
    @Timeout(30)
    @FuzzTest(maxDuration = "2m")
    void anEventIsACommandOrRefused(@NotNull String payload) {
        JsonNode argument;
        try {
            argument = JSON.readTree(payload);
        } catch (JacksonException noJson) {
            return;
        }
        for (String name : NAMES) {
            for (Role role : List.of(Role.EMPLOYEE, Role.HR)) {
                handle(name, role, argument);
            }
        }
    }

    private void handle(String name, Role role, JsonNode argument) {
        var origin =
                new EventOrigin(
                        new Caller("acme", "u-1", "ana", role, Instant.MAX),
                        Instant.parse("2026-11-27T08:00:00Z"),
                        "correlation",
                        commandId -> {});
        try {
            events.handle(name, origin, List.of(argument));
        } catch (Refusal refusal) {
            assertThat(refusal.reason()).isNotBlank();
            assertThat(refusal.code() == RefusalCode.INVALID && refusal.field() == null).isFalse();
            assertThat(
                            JSON.writeValueAsString(
                                    ClientEvents.error(refusal, List.of(argument), origin)))
                    .contains(refusal.code().name());
        }
    }
}
