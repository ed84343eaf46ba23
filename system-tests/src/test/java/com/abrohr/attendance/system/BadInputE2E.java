package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.RawSocket;
import com.abrohr.attendance.system.harness.SocketIoClient;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whatever is sent gets a typed refusal or a closed connection; the server prints no stack trace,
 * stays ready and goes on storing and showing punches.
 */
@ExtendWith(RunningSystem.class)
class BadInputE2E {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String MEGABYTE = "x".repeat(1_000_000);
    private static final String HUGE = "9".repeat(400);
    private static final String NUL = "a\\u0000b";
    private static final Set<String> BAD_SHAPE = Set.of("INVALID", "TOO_LARGE");

    private final Companies companies;
    private final Companies.Company company;
    private int mark;

    BadInputE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("bad-input");
    }

    @BeforeEach
    void markTheLog() {
        mark = companies.server().log().size();
    }

    @AfterEach
    void the_server_is_unharmed() {
        assertThat(companies.server().log().stackTraces(mark)).isEmpty();
        await().until(companies.server()::isReady);
        Companies.Company unharmed = companies.found("unharmed");
        SocketIoClient manager = unharmed.manager("m1");
        Answers.accepted(unharmed.employee("e1").ask("punch_in", Say.punch("e1", Say.commandId())));
        manager.await("attendance_punch_in");
        Answers.awaitItems(unharmed.managerApi("m1"), "/api/v1/sessions", 1);
        manager.close();
    }

    @Test
    void payloads_of_the_wrong_shape_are_invalid_and_the_socket_lives_on() {
        String ok = "\"employeeId\":\"e1\",\"timestamp\":\"" + Say.now() + "\"";
        List<String> bad =
                List.of(
                        "[\"punch_in\",null]",
                        "[\"punch_in\",\"text\"]",
                        "[\"punch_in\",42]",
                        "[\"punch_in\",[]]",
                        "[\"punch_in\",true,false]",
                        "[\"punch_in\",{\"employeeId\":5,\"timestamp\":\"" + Say.now() + "\"}]",
                        "[\"punch_in\",{\"employeeId\":{},\"timestamp\":\"" + Say.now() + "\"}]",
                        "[\"punch_in\",{\"employeeId\":\"e1\",\"timestamp\":\"yesterday-ish\"}]",
                        "[\"punch_in\",{\"employeeId\":\"e1\",\"timestamp\":\"\"}]",
                        "[\"punch_in\",{\"employeeId\":\"e1\",\"timestamp\":{}}]",
                        "[\"punch_in\",{\"employeeId\":\"e1\",\"timestamp\":\"2026-02-30T10:00:00Z\"}]",
                        "[\"punch_in\",{" + ok + ",\"commandId\":\"" + NUL + "\"}]",
                        "[\"punch_in\",{" + ok + ",\"commandId\":\"" + "c".repeat(129) + "\"}]",
                        "[\"punch_in\",{" + ok + ",\"commandId\":{}}]",
                        "[\"punch_in\",{" + ok + ",\"location\":\"here\"}]",
                        "[\"punch_in\",{" + ok + ",\"location\":{\"lat\":91,\"lng\":0}}]",
                        "[\"punch_in\",{" + ok + ",\"location\":{\"lat\":\"x\",\"lng\":0}}]",
                        "[\"punch_in\",{" + ok + ",\"location\":{\"lat\":1e999,\"lng\":0}}]",
                        "[\"punch_in\",{" + ok + ",\"location\":{\"lat\":" + HUGE + ",\"lng\":0}}]",
                        "[\"punch_in\",{" + ok + ",\"location\":{\"lat\":1}}]",
                        "[\"punch_in\",{"
                                + ok
                                + ",\"location\":{\"lat\":1,\"lng\":1,\"accuracy\":-1}}]",
                        leave("\"startDate\":\"2031-02-30\",\"endDate\":\"2031-03-01\""),
                        leave("\"startDate\":\"2031-02-03\",\"endDate\":\"2031-02-01\""),
                        leave("\"startDate\":\"2031-02-03\""),
                        leave("\"startDate\":20310203,\"endDate\":[2031,2,4]"),
                        leave("\"startDate\":\"2031-02-03\",\"endDate\":\"9999999-01-01\""),
                        leave(
                                "\"startDate\":\"2031-02-03\",\"endDate\":\"2031-02-03\",\"reason\":\""
                                        + NUL
                                        + "\""),
                        leave(
                                "\"startDate\":\"2031-02-03\",\"endDate\":\"2031-02-03\",\"reason\":{}"),
                        leave(
                                "\"startDate\":\"2031-02-03\",\"endDate\":\"2031-02-03\",\"reason\":\""
                                        + "x".repeat(60_000)
                                        + "\""),
                        "[\"leave_request\",{\"employeeId\":\"e1\",\"startDate\":\"2031-02-03\",\"endDate\":\"2031-02-03\"}]",
                        "[\"leave_request\",{\"employeeId\":\"e1\",\"leaveType\":7,\"startDate\":\"2031-02-03\",\"endDate\":\"2031-02-03\"}]");

        assertRefused(bad, BAD_SHAPE, company.employeeToken("e1"));
        // An employee is refused as somebody else before anybody looks at the name.
        assertRefused(
                List.of(
                        "[\"punch_in\",{\"employeeId\":\"\",\"timestamp\":\"" + Say.now() + "\"}]",
                        "[\"punch_in\",{\"employeeId\":\""
                                + NUL
                                + "\",\"timestamp\":\""
                                + Say.now()
                                + "\"}]"),
                Set.of("INVALID", "FORBIDDEN"),
                company.employeeToken("e1"));
        assertRefused(
                List.of(
                        "[\"punch_in\",{\"employeeId\":\"e1\",\"timestamp\":\"+999999999-12-31T23:59:59Z\"}]"),
                Set.of("INVALID", "FUTURE_TIME"),
                company.employeeToken("e1"));
        assertThat(company.managerApi("m1").get("/api/v1/punches").items()).isEmpty();
        assertThat(company.managerApi("m1").get("/api/v1/leave-requests").items()).isEmpty();
    }

    @Test
    void decisions_of_the_wrong_shape_are_invalid() {
        assertRefused(
                List.of(
                        "[\"leave_approve\",{}]",
                        "[\"leave_approve\",{\"id\":17}]",
                        "[\"leave_approve\",{\"id\":null}]",
                        "[\"leave_approve\",{\"id\":\"lv-1-e1\",\"approved\":\"maybe\"}]",
                        "[\"attendance_update\",{}]",
                        "[\"attendance_update\",{\"attendanceId\":\"ws-1-e1\",\"employeeId\":\"e1\"}]",
                        "[\"attendance_update\",{\"attendanceId\":\"ws-1-e1\",\"employeeId\":\"e1\",\"punchOutTime\":\"soon\"}]"),
                Set.of("INVALID"),
                company.managerToken("m1"));
    }

    @Test
    void unknown_events_are_told_so() {
        assertRefused(
                List.of(
                        "[\"no_such_event\",{}]",
                        "[\"no_such_event\"]",
                        "[\"toString\",{}]",
                        "[\"__proto__\",{}]",
                        "[\"PUNCH_IN\",{}]",
                        "[\"" + "e".repeat(1000) + "\",{}]"),
                Set.of("UNKNOWN_EVENT"),
                company.employeeToken("e1"));
    }

    @Test
    void people_and_sessions_of_another_company_do_not_exist() {
        Companies.Company other = companies.found("other");
        Answers.accepted(
                other.employee("abroad").ask("punch_in", Say.punch("abroad", Say.commandId())));

        assertRefused(
                List.of(
                        "[\"attendance_update\",{\"attendanceId\":\"ws-1-abroad\",\"employeeId\":\"abroad\",\"punchOutTime\":\""
                                + Say.now()
                                + "\"}]",
                        "[\"leave_approve\",{\"id\":\"lv-1-abroad\"}]"),
                Set.of("NOT_FOUND", "UNKNOWN_EMPLOYEE", "UNKNOWN_LEAVE"),
                company.managerToken("m1"));
        assertRefused(
                List.of(
                        "[\"punch_in\",{\"employeeId\":\"abroad\",\"timestamp\":\""
                                + Say.now()
                                + "\"}]"),
                Set.of("FORBIDDEN"),
                company.managerToken("m1"));
    }

    @Test
    void a_company_id_in_the_body_changes_nothing() {
        Companies.Company other = companies.found("other");
        Map<String, Object> punch = new LinkedHashMap<>(Say.punch("e1", Say.commandId()));
        punch.put("companyId", other.id());

        company.employee("e1").ask("punch_in", punch);

        assertThat(other.managerApi("m1").get("/api/v1/punches").items()).isEmpty();
    }

    @Test
    void frames_that_are_no_packets_cost_their_sender_the_connection_at_most() {
        List<String> frames =
                List.of(
                        "",
                        "4",
                        "9",
                        "4zzz",
                        "42",
                        "42[",
                        "42{}",
                        "42[]",
                        "42[1]",
                        "42[null]",
                        "42[\"punch_in\",{]",
                        "42[\"punch_in\",{\"employeeId\":NaN}]",
                        "42[\"punch_in\",{\"employeeId\":\"e1\"",
                        "42\"punch_in\"",
                        "4299999999999999999999[\"punch_in\",{}]",
                        "42/other,[\"punch_in\",{}]",
                        "43[1]",
                        "4312345[\"x\"]",
                        "40{\"token\":",
                        "40",
                        "451-[\"punch_in\",{\"_placeholder\":true,\"num\":0}]",
                        "45999999999-[\"punch_in\",{}]",
                        "46",
                        "4" + "2".repeat(3000),
                        "42[\"punch_in\"," + "[".repeat(20_000) + "]".repeat(20_000) + "]",
                        "42[\"punch_in\","
                                + "{\"a\":".repeat(5_000)
                                + "1"
                                + "}".repeat(5_000)
                                + "]",
                        "42[\"punch_in\",{\"timestamp\":" + "9".repeat(20_000) + "}]",
                        "42[\"leave_request\",{\"reason\":\"" + MEGABYTE + "\"}]",
                        MEGABYTE);

        for (String frame : frames) {
            try (RawSocket raw = company.rawEmployee("e1")) {
                raw.sendAsync(frame);
                raw.sendAsync("427[\"no_such_event\",{}]");
                await(frame.substring(0, Math.min(80, frame.length())))
                        .atMost(LIMIT)
                        .until(() -> raw.isClosed() || answeredTo(raw, 7));
            }
        }
    }

    @Test
    void binary_frames_on_the_products_namespace_harm_nobody() {
        try (RawSocket raw = company.rawEmployee("e1")) {
            raw.sendBinary(new byte[] {0, 1, 2, (byte) 0xff});
            raw.sendAsync("427[\"no_such_event\",{}]");
            await().atMost(LIMIT).until(() -> raw.isClosed() || answeredTo(raw, 7));
        }
    }

    @Test
    void rest_bodies_of_the_wrong_shape_are_problems_with_a_code() {
        Api own = company.employeeApi("e1");
        String now = Say.now();
        Map<String, List<String>> bad = new LinkedHashMap<>();
        bad.put(
                "/api/v1/punches",
                List.of(
                        "",
                        "{",
                        "null",
                        "[]",
                        "\"IN\"",
                        "{}",
                        "{\"type\":\"SIDEWAYS\",\"occurredAt\":\"" + now + "\"}",
                        "{\"type\":1,\"occurredAt\":\"" + now + "\"}",
                        "{\"type\":\"IN\",\"occurredAt\":\"yesterday-ish\"}",
                        "{\"type\":\"IN\",\"occurredAt\":\"2026-02-30T10:00:00Z\"}",
                        "{\"type\":\"IN\",\"occurredAt\":{}}",
                        "{\"type\":\"IN\",\"zone\":\"Mars/Olympus\"}",
                        "{\"type\":\"IN\",\"location\":{\"lat\":91,\"lng\":0}}",
                        "{\"type\":\"IN\",\"location\":{\"lat\":" + HUGE + ",\"lng\":0}}",
                        "{\"type\":\"IN\",\"location\":\"here\"}",
                        "{\"type\":\"IN\",\"employeeId\":\"" + NUL + "\"}",
                        "{\"type\":\"IN\",\"employeeId\":[\"e1\"]}",
                        "[".repeat(20_000) + "]".repeat(20_000),
                        "{\"type\":\"" + MEGABYTE + "\"}"));
        bad.put(
                "/api/v1/leave-requests",
                List.of(
                        "{",
                        "{}",
                        "{\"leaveType\":\"annual\",\"startDate\":\"2031-02-30\",\"endDate\":\"2031-03-01\"}",
                        "{\"leaveType\":\"annual\",\"startDate\":\"2031-03-02\",\"endDate\":\"2031-03-01\"}",
                        "{\"leaveType\":\"annual\",\"startDate\":\"2031-03-01\"}",
                        "{\"leaveType\":\""
                                + NUL
                                + "\",\"startDate\":\"2031-03-01\",\"endDate\":\"2031-03-01\"}",
                        "{\"leaveType\":\"annual\",\"startDate\":\"2031-03-01\",\"endDate\":\"2031-03-01\",\"reason\":\""
                                + NUL
                                + "\"}",
                        "{\"leaveType\":\"annual\",\"startDate\":\"2031-03-01\",\"endDate\":\"2031-03-01\",\"reason\":\""
                                + MEGABYTE
                                + "\"}"));

        var softly = new SoftAssertions();
        bad.forEach(
                (path, bodies) ->
                        bodies.forEach(
                                body -> {
                                    Api.Answer answer = own.postText(path, body, Say.commandId());
                                    assertProblem(softly, path + " " + shortened(body), answer);
                                }));
        softly.assertAll();
        assertThat(own.get("/api/v1/punches").items()).isEmpty();
        assertThat(own.get("/api/v1/leave-requests").items()).isEmpty();
    }

    @Test
    void rest_parameters_and_headers_of_the_wrong_shape_are_problems_with_a_code() {
        Api boss = company.managerApi("m1");
        var softly = new SoftAssertions();
        for (String path :
                List.of(
                        "/api/v1/punches?limit=0",
                        "/api/v1/punches?limit=501",
                        "/api/v1/punches?limit=many",
                        "/api/v1/punches?cursor=garbage",
                        "/api/v1/punches?cursor=%00",
                        "/api/v1/punches?from=soon",
                        "/api/v1/sessions?from=2026-02-30",
                        "/api/v1/sessions?limit=-1",
                        "/api/v1/sessions?cursor=eyJ4IjoxfQ",
                        "/api/v1/presence?presence=FLYING",
                        "/api/v1/presence?limit=99999999999",
                        "/api/v1/leave-requests?status=PERHAPS",
                        "/api/v1/punches?employeeId=%00",
                        "/api/v1/no-such-thing")) {
            assertProblem(softly, path, boss.get(path));
        }
        Api own = company.employeeApi("e1");
        assertProblem(
                softly,
                "a long Idempotency-Key",
                own.post("/api/v1/punches", Say.restPunch("IN", Say.now()), "k".repeat(129)));
        assertProblem(
                softly,
                "an id that is none",
                boss.post("/api/v1/leave-requests/nonsense:approve", Map.of(), Say.commandId()));
        assertProblem(
                softly,
                "an action that is none",
                boss.post("/api/v1/leave-requests/lv-1-e1:explode", Map.of(), Say.commandId()));
        softly.assertAll();
    }

    /** Sends every event with an acknowledgement on one socket and wants one of the codes. */
    private void assertRefused(List<String> events, Set<String> codes, String token) {
        var softly = new SoftAssertions();
        try (RawSocket raw = RawSocket.connect(companies.server().uri(""), token)) {
            int id = 100;
            for (String event : events) {
                int ack = id++;
                raw.sendAsync("42" + ack + event);
                try {
                    JsonNode answer = answer(raw, ack);
                    softly.assertThat(answer.path("ok").asBoolean(true))
                            .as(shortened(event) + " -> " + answer)
                            .isFalse();
                    softly.assertThat(answer.path("error").path("code").asString(""))
                            .as(shortened(event) + " -> " + answer)
                            .isIn(codes);
                } catch (AssertionError silence) {
                    softly.fail(shortened(event) + " -> " + silence.getMessage());
                    break;
                }
            }
            softly.assertThat(raw.isClosed()).as("closed").isFalse();
        }
        softly.assertAll();
    }

    private static JsonNode answer(RawSocket raw, int ack) {
        String frame = raw.await(each -> each.startsWith("43" + ack + "["), LIMIT);
        return JSON.readTree(frame.substring(frame.indexOf('['))).path(0);
    }

    private static boolean answeredTo(RawSocket raw, int ack) {
        return raw.frames().stream().anyMatch(each -> each.startsWith("43" + ack + "["));
    }

    private static void assertProblem(SoftAssertions softly, String what, Api.Answer answer) {
        softly.assertThat(answer.status()).as(what + " -> " + answer.text()).isBetween(400, 499);
        softly.assertThat(answer.code()).as(what + " -> " + answer.text()).isNotBlank();
    }

    private static String leave(String fields) {
        return "[\"leave_request\",{\"employeeId\":\"e1\",\"leaveType\":\"annual\","
                + fields
                + "}]";
    }

    private static String shortened(String text) {
        return text.length() <= 140 ? text : text.substring(0, 140) + "…";
    }
}
