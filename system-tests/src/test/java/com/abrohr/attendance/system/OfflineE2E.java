package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Punches that were kept while there was no connection, and sent later. */
@ExtendWith(RunningSystem.class)
class OfflineE2E {
    private static final Duration LOOK_BACK = Duration.ofHours(72);

    private final Companies companies;
    private final Companies.Company company;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    OfflineE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("offline");
    }

    private record Stored(String type, String commandId, Instant countedAt, boolean offline) {}

    @Test
    void a_queue_whose_answer_was_lost_is_stored_once_at_the_times_when_it_happened()
            throws Exception {
        SocketIoClient manager = company.manager("m1");
        SocketIoClient employee = company.employee("e1");
        employee.drop();
        employee.awaitLifecycle("disconnect");

        Instant in = ago(6);
        Instant out = ago(4);
        Instant inAgain = ago(3);
        List<Map<String, Object>> queue =
                List.of(item("in", in), item("out", out), item("in", inAgain));
        reconnect(employee);
        employee.emit("punch_batch", batch(queue));
        employee.drop();
        manager.await("attendance_punch_in", each -> timestamp(each).equals(inAgain));

        reconnect(employee);
        JsonNode first = employee.ask("punch_batch", batch(queue));
        JsonNode second = employee.ask("punch_batch", batch(queue));
        assertThat(second).isEqualTo(first);
        assertThat(first.path("ok").asBoolean()).isTrue();
        assertThat(Answers.list(first.path("items")))
                .as("the company's first number is that of the registration")
                .extracting(
                        each -> each.path("ok").asBoolean(),
                        each -> each.path("id").asString(),
                        OfflineE2E::timestamp,
                        each -> each.path("commandId").asString(),
                        each -> each.path("seq").asLong())
                .containsExactly(
                        tuple(true, "ws-1-e1", in, queue.get(0).get("commandId"), 2L),
                        tuple(true, "ws-1-e1", out, queue.get(1).get("commandId"), 3L),
                        tuple(true, "ws-2-e1", inAgain, queue.get(2).get("commandId"), 4L));
        assertThat(employee.await("punch_batch_confirmed").path("items"))
                .isEqualTo(first.path("items"));

        // A marker: whatever the repeats could have said is there before this.
        String marker = Say.commandId();
        Answers.accepted(employee.ask("punch_out", Say.punch("e1", marker)));
        manager.await(
                "attendance_punch_out", each -> each.path("commandId").asString().equals(marker));
        assertThat(manager.all("attendance_punch_in"))
                .extracting(OfflineE2E::timestamp)
                .containsExactly(in, inAgain);
        assertThat(manager.all("attendance_punch_out")).hasSize(2);

        List<Stored> stored = stored();
        assertThat(stored.subList(0, 3))
                .containsExactly(
                        new Stored("PunchedIn", id(queue, 0), in, true),
                        new Stored("PunchedOut", id(queue, 1), out, true),
                        new Stored("PunchedIn", id(queue, 2), inAgain, true));
        assertThat(stored).hasSize(4);
        assertThat(stored.getLast().offline()).isFalse();

        Api reader = company.managerApi("m1");
        assertThat(Answers.list(Answers.awaitItems(reader, "/api/v1/punches", 4)))
                .extracting(each -> each.path("offline").asBoolean())
                .containsExactly(false, true, true, true);
        List<JsonNode> sessions = Answers.list(reader.get("/api/v1/sessions").items());
        assertThat(sessions)
                .extracting(each -> Instant.parse(each.path("punchInTime").asString()))
                .containsExactly(inAgain, in);
        assertThat(sessions.getLast().path("punchOutTime").asString()).isEqualTo(out.toString());
    }

    @Test
    void an_employee_reaches_back_no_further_than_the_look_back_and_hr_does() {
        Instant tooOld = now.minus(LOOK_BACK).minusSeconds(60);
        Map<String, Object> punch = item("in", tooOld);
        JsonNode refused =
                company.employee("e1").ask("punch_batch", batch(List.of(punch))).path("items");
        assertThat(refused.path(0).at("/error/code").asString()).isEqualTo("TOO_OLD");
        assertThat(refused.path(0).at("/error/field").asString()).isEqualTo("items[0].timestamp");

        String hr = companies.server().tokens().of(company.id(), "h1", "hr");
        SocketIoClient office = companies.sockets().open(companies.server().uri(""), hr);
        punch.put("employeeId", "e1");
        JsonNode taken = office.connected().ask("punch_batch", batch(List.of(punch)));
        assertThat(taken.at("/items/0/ok").asBoolean()).as(taken.toString()).isTrue();
        JsonNode session =
                Answers.awaitItems(company.managerApi("m1"), "/api/v1/sessions", 1).get(0);
        assertThat(session.path("punchInTime").asString()).isEqualTo(tooOld.toString());
    }

    @Test
    void time_never_runs_backwards_and_no_offline_time_is_moved() throws Exception {
        SocketIoClient employee = company.employee("e1");
        Answers.accepted(employee.ask("punch_in", Say.punch("e1", Say.commandId())));

        Map<String, Object> out = Say.punch("e1", Say.commandId(), ago(1).toString());
        out.put("offline", true);
        JsonNode refused = employee.ask("punch_out", out);
        assertThat(Answers.refusal(refused)).isEqualTo("OVERLAP");
        assertThat(refused.at("/error/field").asString()).isEqualTo("timestamp");
        assertThat(
                        employee.await(
                                        "error",
                                        each -> each.path("code").asString().equals("OVERLAP"))
                                .path("commandId")
                                .asString())
                .isEqualTo(out.get("commandId"));
        assertThat(stored()).extracting(Stored::type).containsExactly("PunchedIn");
    }

    @Test
    void one_refused_item_stops_no_other() throws Exception {
        SocketIoClient employee = company.employee("e1");
        Map<String, Object> unnamed = item("out", ago(5));
        unnamed.remove("commandId");
        Map<String, Object> noTime = item("out", ago(5));
        noTime.put("timestamp", "around eight");
        Map<String, Object> somebodyElse = item("in", ago(5));
        somebodyElse.put("employeeId", "e2");
        List<Map<String, Object>> queue =
                List.of(
                        item("in", ago(6)),
                        item("in", ago(5)),
                        unnamed,
                        noTime,
                        somebodyElse,
                        item("out", ago(7)),
                        item("out", ago(4)));

        JsonNode items = employee.ask("punch_batch", batch(queue)).path("items");

        assertThat(Answers.list(items))
                .extracting(
                        each -> each.at("/error/code").asString(""),
                        each -> each.at("/error/field").asString(""))
                .containsExactly(
                        tuple("", ""),
                        tuple("ALREADY_PUNCHED_IN", ""),
                        tuple("INVALID", "items[2].commandId"),
                        tuple("INVALID", "items[3].timestamp"),
                        tuple("FORBIDDEN", ""),
                        tuple("OVERLAP", "items[5].timestamp"),
                        tuple("", ""));
        assertThat(items.path(1).at("/error/commandId").asString()).isEqualTo(id(queue, 1));
        assertThat(stored())
                .extracting(Stored::commandId)
                .containsExactly(id(queue, 0), id(queue, 6));
    }

    @Test
    void the_same_queue_over_rest_gets_the_first_receipts_and_another_body_is_a_conflict() {
        Instant in = ago(2);
        Instant out = ago(1);
        List<Map<String, Object>> queue = List.of(item("in", in), item("out", out));
        company.employee("e1").ask("punch_batch", batch(queue));
        Map<String, Object> other = restItem("OUT", ago(0), id(queue, 1));
        Api rest = company.employeeApi("e1");

        Api.Answer answer =
                rest.post(
                        "/api/v1/punches:batch",
                        Map.of(
                                "offline",
                                true,
                                "items",
                                List.of(
                                        restItem("IN", in, id(queue, 0)),
                                        restItem("OUT", out, id(queue, 1)),
                                        other)),
                        "");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Answers.list(answer.items()))
                .extracting(
                        each -> each.path("status").asInt(),
                        each -> each.path("seq").asLong(-1),
                        each -> each.path("countedAt").asString(""),
                        each -> each.path("code").asString(""),
                        each -> each.path("field").asString(""))
                .containsExactly(
                        tuple(201, 2L, in.toString(), "", ""),
                        tuple(201, 3L, out.toString(), "", ""),
                        tuple(409, -1L, "", "IDEMPOTENCY_CONFLICT", "items[2].commandId"));
        assertThat(Answers.awaitItems(rest, "/api/v1/punches", 2)).hasSize(2);
    }

    @Test
    void what_is_no_batch_is_refused_as_a_whole() {
        SocketIoClient employee = company.employee("e1");
        Api rest = company.employeeApi("e1");
        List<Map<String, Object>> tooMany = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            tooMany.add(Map.of());
        }
        for (Map<String, Object> each :
                List.<Map<String, Object>>of(
                        Map.of("items", List.of()),
                        Map.of("offline", "yes", "items", List.of()),
                        Map.of("offline", true),
                        Map.of("offline", true, "items", "all"),
                        batch(tooMany))) {
            assertThat(Answers.refusal(employee.ask("punch_batch", each))).isEqualTo("INVALID");
            Api.Answer problem = rest.post("/api/v1/punches:batch", each, "");
            assertThat(problem.status()).as(problem.text()).isEqualTo(400);
            assertThat(problem.code()).isEqualTo("INVALID");
        }
    }

    private static void reconnect(SocketIoClient employee) {
        employee.forget();
        employee.connect();
        employee.connected();
    }

    private Instant ago(long hours) {
        return now.minus(Duration.ofHours(hours));
    }

    private static Map<String, Object> batch(List<Map<String, Object>> items) {
        return Map.of("offline", true, "items", items);
    }

    private static Map<String, Object> item(String type, Instant timestamp) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("type", type);
        item.put("timestamp", timestamp.toString());
        item.put("commandId", Say.commandId());
        return item;
    }

    private static Map<String, Object> restItem(String type, Instant at, String commandId) {
        return Map.of("type", type, "occurredAt", at.toString(), "commandId", commandId);
    }

    private static String id(List<Map<String, Object>> queue, int place) {
        return (String) queue.get(place).get("commandId");
    }

    private static Instant timestamp(JsonNode each) {
        return Instant.parse(each.path("timestamp").asString());
    }

    /** The log of the employee's time clock. */
    private List<Stored> stored() throws Exception {
        try (Connection database = LogDatabase.connect(companies.server().dataDirectory());
                PreparedStatement select =
                        database.prepareStatement(
                                """
                                select payload_type, command_id, payload->>'countedAt',
                                       metadata->>'offline'
                                from events where aggregate_id = ? order by sequence""")) {
            select.setString(1, "time-clock/" + company.id() + "/e1");
            List<Stored> stored = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    stored.add(
                            new Stored(
                                    row.getString(1),
                                    row.getString(2),
                                    Instant.parse(row.getString(3)),
                                    "true".equals(row.getString(4))));
                }
            }
            return stored;
        }
    }
}
