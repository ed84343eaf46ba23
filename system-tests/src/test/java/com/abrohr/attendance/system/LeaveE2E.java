package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.SocketIoClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

@ExtendWith(RunningSystem.class)
class LeaveE2E {
    private final Companies companies;
    private final Companies.Company company;
    private final SocketIoClient employee;
    private final SocketIoClient manager;

    LeaveE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("leave");
        this.employee = company.employee("e1");
        this.manager = company.manager("m1");
    }

    @Test
    void a_request_is_stored_and_the_managers_are_notified() {
        employee.emit("leave_request", Say.leave("e1", "2031-01-02", "2031-01-05"));

        JsonNode heard = manager.await("leave_request_new");
        assertThat(heard.path("id").asString()).isEqualTo("lv-1-e1");
        assertThat(heard.path("employeeId").asString()).isEqualTo("e1");
        assertThat(heard.path("leaveType").asString()).isEqualTo("annual");
        assertThat(heard.path("startDate").asString()).isEqualTo("2031-01-02");
        assertThat(heard.path("endDate").asString()).isEqualTo("2031-01-05");
        JsonNode own = employee.await("leave_request_updated");
        assertThat(own.path("id").asString()).isEqualTo("lv-1-e1");
        assertThat(own.path("status").asString()).isEqualTo("pending");
        assertThat(employee.all("leave_request_new")).isEmpty();

        JsonNode row = requests().getFirst();
        assertThat(row.path("status").asString()).isEqualTo("PENDING");
        assertThat(row.path("reason").asString()).isEqualTo("rest");
    }

    @ParameterizedTest
    @CsvSource({"true,approved", "false,rejected"})
    void a_decision_reaches_the_employee_and_the_managers(boolean approved, String status) {
        String id = submitted("2031-02-01", "2031-02-02");

        manager.emit(
                "leave_approve", Map.of("id", id, "approved", approved, "comment", "so be it"));

        for (SocketIoClient each : List.of(employee, manager)) {
            each.await(
                    "leave_request_updated",
                    update ->
                            update.path("id").asString().equals(id)
                                    && update.path("status").asString().equals(status));
        }
        await().untilAsserted(
                        () ->
                                assertThat(requests().getFirst().path("status").asString())
                                        .isEqualToIgnoringCase(status));
        assertThat(requests().getFirst().path("decidedBy").asString()).isEqualTo("m1");
    }

    @Test
    void a_decision_without_a_word_on_it_approves_as_the_guide_has_it() {
        String id = submitted("2031-02-01", "2031-02-02");

        manager.emit("leave_approve", Map.of("id", id));

        employee.await(
                "leave_request_updated", each -> each.path("status").asString().equals("approved"));
    }

    @Test
    void nobody_decides_about_their_own_leave() {
        String id =
                Answers.accepted(
                                manager.ask(
                                        "leave_request",
                                        Say.leave("m1", "2031-03-01", "2031-03-02")))
                        .path("id")
                        .asString();

        assertThat(Answers.refusal(manager.ask("leave_approve", Map.of("id", id))))
                .isEqualTo("SELF_APPROVAL");
    }

    @Test
    void an_employee_decides_about_nobodys_leave() {
        String id = submitted("2031-03-01", "2031-03-02");

        assertThat(Answers.refusal(company.employee("e2").ask("leave_approve", Map.of("id", id))))
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void unknown_malformed_and_foreign_ids_get_the_same_answer() {
        String foreign = submitted("2031-04-01", "2031-04-02");
        SocketIoClient foreignManager = companies.found("elsewhere").manager("m1");

        for (String id : List.of("lv-99-e1", "lv-1-nobody", "nonsense", "lv--1-e1", "lv-1-")) {
            assertThat(Answers.refusal(manager.ask("leave_approve", Map.of("id", id))))
                    .as(id)
                    .isEqualTo("UNKNOWN_LEAVE");
        }
        assertThat(Answers.refusal(foreignManager.ask("leave_approve", Map.of("id", foreign))))
                .isEqualTo("UNKNOWN_LEAVE");
        assertThat(requests().getFirst().path("status").asString()).isEqualTo("PENDING");
    }

    @Test
    void days_that_overlap_a_request_are_refused() {
        submitted("2031-05-01", "2031-05-10");

        assertThat(
                        Answers.refusal(
                                employee.ask(
                                        "leave_request",
                                        Say.leave("e1", "2031-05-10", "2031-05-12"))))
                .isEqualTo("OVERLAP");
        Answers.accepted(
                employee.ask("leave_request", Say.leave("e1", "2031-05-11", "2031-05-12")));
    }

    @Test
    void a_decided_request_is_not_decided_again() {
        String id = submitted("2031-06-01", "2031-06-02");
        Answers.accepted(manager.ask("leave_approve", decision(id, true)));

        assertThat(Answers.refusal(manager.ask("leave_approve", decision(id, false))))
                .isEqualTo("ILLEGAL_TRANSITION");
    }

    @Test
    void a_withdrawn_request_is_told_and_frees_its_days() {
        String id = submitted("2031-07-01", "2031-07-02");

        Answers.accepted(
                employee.ask("leave_withdraw", Map.of("id", id, "commandId", Say.commandId())));

        for (SocketIoClient each : List.of(employee, manager)) {
            each.await(
                    "leave_request_updated",
                    update -> update.path("status").asString().equals("withdrawn"));
        }
        Answers.accepted(
                employee.ask("leave_request", Say.leave("e1", "2031-07-01", "2031-07-02")));
    }

    @Test
    void rest_submits_approves_and_refuses_with_the_same_codes() {
        Api own = company.employeeApi("e1");
        Api boss = company.managerApi("m1");
        Map<String, Object> body = new LinkedHashMap<>(Say.leave("e1", "2031-08-01", "2031-08-02"));
        body.remove("commandId");

        Api.Answer created = own.post("/api/v1/leave-requests", body, Say.commandId());
        assertThat(created.status()).as(created.text()).isBetween(200, 201);
        assertThat(created.text()).contains("lv-1-e1");
        Api.Answer overlap = own.post("/api/v1/leave-requests", body, Say.commandId());
        assertThat(overlap.status()).isEqualTo(409);
        assertThat(overlap.code()).isEqualTo("OVERLAP");

        Api.Answer approved =
                boss.post("/api/v1/leave-requests/lv-1-e1:approve", Map.of(), Say.commandId());
        assertThat(approved.status()).as(approved.text()).isBetween(200, 201);
        employee.await(
                "leave_request_updated", each -> each.path("status").asString().equals("approved"));
        Api.Answer again =
                boss.post("/api/v1/leave-requests/lv-1-e1:reject", Map.of(), Say.commandId());
        assertThat(again.code()).isEqualTo("ILLEGAL_TRANSITION");
        Api.Answer unknown =
                boss.post("/api/v1/leave-requests/lv-7-e1:approve", Map.of(), Say.commandId());
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("UNKNOWN_LEAVE");
    }

    @Test
    void colleagues_read_nothing_of_it() {
        submitted("2031-09-01", "2031-09-02");
        assertThat(requests()).hasSize(1);

        assertThat(company.employeeApi("e2").get("/api/v1/leave-requests").items()).isEmpty();
        assertThat(company.employeeApi("e2").get("/api/v1/leave-requests?employeeId=e1").items())
                .isEmpty();
    }

    /** A request of e1 that is in the log and that a manager has heard of. */
    private String submitted(String from, String to) {
        JsonNode answer =
                Answers.accepted(employee.ask("leave_request", Say.leave("e1", from, to)));
        String id = answer.path("id").asString();
        manager.await("leave_request_new", each -> each.path("id").asString().equals(id));
        return id;
    }

    private static Map<String, Object> decision(String id, boolean approved) {
        return Map.of("id", id, "approved", approved, "commandId", Say.commandId());
    }

    private List<JsonNode> requests() {
        return Answers.list(
                Answers.awaitItems(company.managerApi("m1"), "/api/v1/leave-requests", 1));
    }
}
