package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.LogDatabase;
import com.abrohr.attendance.system.harness.SocketIoClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.JsonNode;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

@ExtendWith(RunningSystem.class)
class PunchE2E {
    private final Companies companies;
    private final Companies.Company company;

    PunchE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("punch");
    }

    @Test
    void a_punch_is_confirmed_as_sent_stored_and_read_back() {
        SocketIoClient employee = company.employee("e1");
        String commandId = Say.commandId();
        String timestamp = Say.now();

        employee.emit("punch_in", Say.punch("e1", commandId, timestamp));

        JsonNode confirmed = employee.await("punch_in_confirmed");
        assertThat(confirmed.path("id").asString()).isEqualTo("ws-1-e1");
        assertThat(confirmed.path("timestamp").asString()).isEqualTo(timestamp);
        assertThat(confirmed.path("commandId").asString()).isEqualTo(commandId);
        assertThat(confirmed.path("seq").isIntegralNumber()).isTrue();

        for (Api reader : List.of(company.managerApi("m1"), company.employeeApi("e1"))) {
            JsonNode punch = Answers.awaitItems(reader, "/api/v1/punches", 1).get(0);
            assertThat(punch.path("employeeId").asString()).isEqualTo("e1");
            assertThat(punch.path("type").asString()).isEqualTo("IN");
            assertThat(punch.path("commandId").asString()).isEqualTo(commandId);
            assertThat(Instant.parse(punch.path("occurredAt").asString()))
                    .isEqualTo(Instant.parse(timestamp));
            assertThat(punch.path("location").path("lat").asDouble()).isEqualTo(40.4168);
            assertThat(Instant.parse(punch.path("recordedAt").asString()))
                    .isBetween(
                            Instant.parse(punch.path("receivedAt").asString()).minusSeconds(2),
                            Instant.now().plusSeconds(2));

            JsonNode session = Answers.awaitItems(reader, "/api/v1/sessions", 1).get(0);
            assertThat(session.path("id").asString()).isEqualTo("ws-1-e1");
            assertThat(session.path("punchOutTime").isNull()).isTrue();
        }
    }

    @Test
    void a_punch_out_ends_the_session_that_the_punch_in_began() {
        SocketIoClient employee = company.employee("e1");
        SocketIoClient manager = company.manager("m1");

        employee.ask("punch_in", Say.punch("e1", Say.commandId()));
        employee.emit("punch_out", Say.punch("e1", Say.commandId()));

        assertThat(employee.await("punch_out_confirmed").path("id").asString())
                .isEqualTo("ws-1-e1");
        assertThat(manager.await("attendance_punch_out").path("employeeId").asString())
                .isEqualTo("e1");
        await().untilAsserted(
                        () ->
                                assertThat(
                                                company.managerApi("m1")
                                                        .get("/api/v1/sessions")
                                                        .items()
                                                        .path(0)
                                                        .path("punchOutTime")
                                                        .isString())
                                        .isTrue());
    }

    @Test
    void the_managers_of_the_company_hear_it_and_nobody_else() {
        Companies.Company other = companies.found("elsewhere");
        SocketIoClient employee = company.employee("e1");
        SocketIoClient colleague = company.employee("e2");
        SocketIoClient manager = company.manager("m1");
        SocketIoClient secondManager = company.manager("m2");
        SocketIoClient foreignManager = other.manager("m1");
        SocketIoClient foreignNamesake = other.employee("e1");
        String commandId = Say.commandId();

        employee.emit("punch_in", Say.punch("e1", commandId));

        for (SocketIoClient each : List.of(manager, secondManager)) {
            JsonNode heard = each.await("attendance_punch_in");
            assertThat(heard.path("employeeId").asString()).isEqualTo("e1");
            assertThat(heard.path("status").asString()).isEqualTo("success");
            assertThat(heard.path("commandId").asString()).isEqualTo(commandId);
            assertThat(heard.path("location").path("lat").asDouble()).isEqualTo(40.4168);
            assertThat(heard.path("seq").asLong()).isPositive();
        }
        // Markers: whatever the others were sent on account of e1 is there before these.
        colleague.ask("punch_in", Say.punch("e2", Say.commandId()));
        manager.await(
                "attendance_punch_in", each -> each.path("employeeId").asString().equals("e2"));
        colleague.await("punch_in_confirmed");
        foreignNamesake.ask("punch_in", Say.punch("e1", Say.commandId()));
        foreignManager.await("attendance_punch_in");

        assertThat(colleague.all("attendance_punch_in")).isEmpty();
        assertThat(colleague.events()).noneMatch(each -> each.args().toString().contains("\"e1\""));
        assertThat(employee.all("attendance_punch_in")).isEmpty();
        assertThat(foreignManager.all("attendance_punch_in")).hasSize(1);
        assertThat(foreignManager.frames()).noneMatch(frame -> frame.contains(commandId));
        assertThat(foreignNamesake.frames()).noneMatch(frame -> frame.contains(commandId));
    }

    @Test
    void the_employees_other_devices_hear_an_update_and_the_one_that_punched_does_not() {
        SocketIoClient desk = company.employee("e1");
        SocketIoClient phone = company.employee("e1");

        desk.ask("punch_in", Say.punch("e1", Say.commandId()));
        JsonNode begun = phone.await("attendance_update", each -> each.has("punchInTime"));
        desk.ask("punch_out", Say.punch("e1", Say.commandId()));

        JsonNode ended = phone.await("attendance_update", each -> each.has("punchOutTime"));
        assertThat(ended.path("id").asString()).isEqualTo("ws-1-e1");
        assertThat(ended.path("employeeId").asString()).isEqualTo("e1");
        assertThat(ended.path("seq").asLong()).isGreaterThan(begun.path("seq").asLong());
        assertThat(desk.await("work_session_updated", each -> each.has("punchOutTime")))
                .isEqualTo(ended);
        assertThat(desk.all("attendance_update")).isEmpty();
        assertThat(phone.all("work_session_updated")).isEmpty();
    }

    @Test
    void a_punch_has_one_number_in_the_log_and_wherever_it_is_told() throws Exception {
        SocketIoClient desk = company.employee("e1");
        SocketIoClient phone = company.employee("e1");
        SocketIoClient manager = company.manager("m1");
        company.employee("e2").ask("punch_in", Say.punch("e2", Say.commandId()));
        for (String type : List.of("in", "out", "in")) {
            String commandId = Say.commandId();
            JsonNode answer =
                    Answers.accepted(desk.ask("punch_" + type, Say.punch("e1", commandId)));
            long seq = answer.path("seq").asLong();

            Predicate<JsonNode> same = each -> each.path("commandId").asString().equals(commandId);
            assertThat(seq).isEqualTo(numberInTheLog(commandId));
            assertThat(desk.await("punch_" + type + "_confirmed", same).path("seq").asLong())
                    .isEqualTo(seq);
            assertThat(manager.await("attendance_punch_" + type, same).path("seq").asLong())
                    .isEqualTo(seq);
            for (SocketIoClient each : List.of(desk, phone)) {
                each.await(
                        each == desk ? "work_session_updated" : "attendance_update",
                        update -> update.path("seq").asLong() == seq);
            }
            for (Api reader : List.of(company.managerApi("m1"), company.employeeApi("e1"))) {
                JsonNode items = reader.get("/api/v1/feed?after=" + (seq - 1)).items();
                assertThat(items.path(0).path("seq").asLong()).isEqualTo(seq);
                assertThat(items.path(0).path("commandId").asString()).isEqualTo(commandId);
            }
            await().until(
                            () ->
                                    company.managerApi("m1")
                                                    .get("/api/v1/punches")
                                                    .body()
                                                    .at("/asOf/seq")
                                                    .asLong()
                                            >= seq);
        }
        assertThat(phone.all("attendance_update")).hasSize(3);
        assertThat(manager.all("attendance_punch_in")).hasSize(3);
    }

    private long numberInTheLog(String commandId) throws Exception {
        try (Connection database = LogDatabase.connect(companies.server().dataDirectory());
                PreparedStatement select =
                        database.prepareStatement(
                                "select company_seq from events where company_id = ?"
                                        + " and command_id = ?")) {
            select.setString(1, company.id());
            select.setString(2, commandId);
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).as(commandId).isTrue();
                long number = row.getLong(1);
                assertThat(row.next()).as("one event").isFalse();
                return number;
            }
        }
    }

    @Test
    void a_repeat_gets_the_first_answer_and_is_stored_once() {
        SocketIoClient employee = company.employee("e1");
        Map<String, Object> punch = Say.punch("e1", Say.commandId());

        JsonNode first = employee.ask("punch_in", punch);
        JsonNode second = employee.ask("punch_in", punch);
        employee.ask("punch_out", Say.punch("e1", Say.commandId()));
        JsonNode afterPunchOut = employee.ask("punch_in", punch);

        assertThat(first.path("ok").asBoolean()).isTrue();
        assertThat(second).isEqualTo(first);
        assertThat(afterPunchOut).isEqualTo(first);
        assertThat(employee.all("punch_in_confirmed")).allMatch(each -> sameAnswer(each, first));
        JsonNode stored = Answers.awaitItems(company.managerApi("m1"), "/api/v1/punches", 2);
        assertThat(stored).hasSize(2);
    }

    @Test
    void a_repeat_over_the_other_channel_gets_the_first_answer() {
        String commandId = Say.commandId();
        String timestamp = Say.now();
        Api rest = company.employeeApi("e1");

        JsonNode first =
                company.employee("e1").ask("punch_in", Say.punch("e1", commandId, timestamp));
        Api.Answer repeat = rest.post("/api/v1/punches", Say.restPunch("IN", timestamp), commandId);

        assertThat(repeat.status()).as(repeat.text()).isBetween(200, 201);
        assertThat(repeat.body().path("seq").asLong(-1)).isEqualTo(first.path("seq").asLong());
        assertThat(repeat.text()).contains("ws-1-e1");
        assertThat(Answers.awaitItems(rest, "/api/v1/punches", 1)).hasSize(1);
    }

    @Test
    void the_same_command_id_with_another_body_is_a_conflict_on_both_channels() {
        SocketIoClient employee = company.employee("e1");
        String commandId = Say.commandId();
        employee.ask("punch_in", Say.punch("e1", commandId));

        String otherTime = Instant.now().minusSeconds(7).toString();
        assertThat(Answers.refusal(employee.ask("punch_in", Say.punch("e1", commandId, otherTime))))
                .isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(Answers.refusal(employee.ask("punch_out", Say.punch("e1", commandId))))
                .isEqualTo("IDEMPOTENCY_CONFLICT");
        Api.Answer rest =
                company.employeeApi("e1")
                        .post("/api/v1/punches", Say.restPunch("OUT", otherTime), commandId);
        assertThat(rest.status()).isEqualTo(409);
        assertThat(rest.code()).isEqualTo("IDEMPOTENCY_CONFLICT");
    }

    @Test
    void refusals_carry_the_same_codes_as_event_ack_and_problem() {
        SocketIoClient employee = company.employee("e1");
        Api rest = company.employeeApi("e1");

        assertThat(Answers.refusal(employee.ask("punch_out", Say.punch("e1", Say.commandId()))))
                .isEqualTo("NOT_PUNCHED_IN");
        assertProblem(rest, "OUT", 409, "NOT_PUNCHED_IN");

        employee.ask("punch_in", Say.punch("e1", Say.commandId()));
        String commandId = Say.commandId();
        JsonNode answer = employee.ask("punch_in", Say.punch("e1", commandId));
        assertThat(Answers.refusal(answer)).isEqualTo("ALREADY_PUNCHED_IN");
        JsonNode error =
                employee.await(
                        "error", each -> each.path("commandId").asString("").equals(commandId));
        assertThat(error.path("code").asString()).isEqualTo("ALREADY_PUNCHED_IN");
        assertThat(error.path("message").asString()).isNotBlank();
        assertProblem(rest, "IN", 409, "ALREADY_PUNCHED_IN");
    }

    @Test
    void a_refused_command_id_is_free_for_a_later_try() {
        SocketIoClient employee = company.employee("e1");
        Map<String, Object> out = Say.punch("e1", Say.commandId());

        assertThat(Answers.refusal(employee.ask("punch_out", out))).isEqualTo("NOT_PUNCHED_IN");
        employee.ask("punch_in", Say.punch("e1", Say.commandId()));
        assertThat(employee.ask("punch_out", out).path("ok").asBoolean()).isTrue();
    }

    @Test
    void an_employee_punches_only_for_themself() {
        SocketIoClient employee = company.employee("e1");

        assertThat(Answers.refusal(employee.ask("punch_in", Say.punch("e2", Say.commandId()))))
                .isEqualTo("FORBIDDEN");
        Map<String, Object> forged = Say.restPunch("IN", Say.now());
        forged.put("employeeId", "e2");
        Api.Answer rest =
                company.employeeApi("e1").post("/api/v1/punches", forged, Say.commandId());
        assertThat(rest.status()).isEqualTo(403);
        assertThat(rest.code()).isEqualTo("FORBIDDEN");
        assertThat(company.employeeApi("e1").get("/api/v1/punches?employeeId=e2").items())
                .isEmpty();
    }

    @Test
    void a_punch_from_the_future_is_refused() {
        String soon = Instant.now().plus(Duration.ofMinutes(10)).toString();

        assertThat(
                        Answers.refusal(
                                company.employee("e1")
                                        .ask("punch_in", Say.punch("e1", Say.commandId(), soon))))
                .isEqualTo("FUTURE_TIME");
    }

    @Test
    void a_list_is_read_page_by_page_without_loss_or_repeat() {
        SocketIoClient employee = company.employee("e1");
        for (int i = 0; i < 5; i++) {
            employee.ask("punch_in", Say.punch("e1", Say.commandId()));
            employee.ask("punch_out", Say.punch("e1", Say.commandId()));
        }
        Api reader = company.managerApi("m1");
        Answers.awaitItems(reader, "/api/v1/punches", 10);

        List<String> whole = commandIds(reader.get("/api/v1/punches").items());
        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            Api.Answer page = reader.get("/api/v1/punches?limit=3" + cursor);
            paged.addAll(commandIds(page.items()));
            JsonNode next = page.body().path("nextCursor");
            cursor = next.isString() ? "&cursor=" + next.asString() : "";
        } while (!cursor.isEmpty() && paged.size() < 20);

        assertThat(paged).isEqualTo(whole).doesNotHaveDuplicates().hasSize(10);
    }

    private static List<String> commandIds(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(each -> each.path("commandId").asString())
                .toList();
    }

    private static void assertProblem(Api rest, String type, int status, String code) {
        Api.Answer answer =
                rest.post("/api/v1/punches", Say.restPunch(type, Say.now()), Say.commandId());
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.headers().get("content-type")).startsWith("application/problem+json");
        assertThat(answer.body().path("correlationId").asString("")).isNotBlank();
    }

    private static boolean sameAnswer(JsonNode confirmed, JsonNode acknowledged) {
        return confirmed.path("id").equals(acknowledged.path("id"))
                && confirmed.path("seq").equals(acknowledged.path("seq"))
                && confirmed.path("commandId").equals(acknowledged.path("commandId"));
    }
}
