package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.SocketIoClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

@ExtendWith(RunningSystem.class)
class CorrectionE2E {
    private final Companies companies;
    private final Companies.Company company;
    private final SocketIoClient employee;
    private final SocketIoClient manager;

    CorrectionE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("correction");
        this.employee = company.employee("e1");
        this.manager = company.manager("m1");
    }

    @Test
    void a_correction_by_a_manager_reaches_the_employee_and_the_managers() {
        SocketIoClient secondManager = company.manager("m2");
        String session = closedSession();
        Instant right = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(1500);

        manager.emit(
                "attendance_update",
                Map.of(
                        "attendanceId",
                        session,
                        "employeeId",
                        "e1",
                        "punchOutTime",
                        right.toString(),
                        "reason",
                        "forgot"));

        for (SocketIoClient each : List.of(employee, manager, secondManager)) {
            JsonNode heard =
                    each.await(
                            "attendance_update",
                            update -> right.equals(instant(update.path("punchOutTime"))));
            assertThat(heard.path("employeeId").asString()).isEqualTo("e1");
        }
        await().untilAsserted(
                        () -> {
                            JsonNode row =
                                    company.managerApi("m1")
                                            .get("/api/v1/sessions")
                                            .items()
                                            .path(0);
                            assertThat(row.path("corrected").asBoolean(false)).isTrue();
                            assertThat(instant(row.path("punchOutTime"))).isEqualTo(right);
                        });
        // The punches as they were made stay as they are.
        assertThat(company.managerApi("m1").get("/api/v1/punches").items()).hasSize(2);
    }

    @Test
    void an_employee_corrects_nothing() {
        String session = closedSession();

        assertThat(
                        Answers.refusal(
                                employee.ask(
                                        "attendance_update",
                                        Map.of(
                                                "attendanceId",
                                                session,
                                                "employeeId",
                                                "e1",
                                                "punchOutTime",
                                                Say.now()))))
                .isEqualTo("FORBIDDEN");
        assertThat(employee.await("error").path("code").asString()).isEqualTo("FORBIDDEN");
    }

    @Test
    void a_manager_of_another_company_finds_nothing_to_correct() {
        String session = closedSession();
        SocketIoClient foreign = companies.found("elsewhere").manager("m1");

        assertThat(
                        Answers.refusal(
                                foreign.ask(
                                        "attendance_update",
                                        Map.of(
                                                "attendanceId",
                                                session,
                                                "employeeId",
                                                "e1",
                                                "punchOutTime",
                                                Say.now()))))
                .isIn("NOT_FOUND", "UNKNOWN_EMPLOYEE");
    }

    @Test
    void a_session_cannot_end_before_it_began() {
        String session = closedSession();
        Map<String, Object> correction =
                Map.of(
                        "attendanceId",
                        session,
                        "employeeId",
                        "e1",
                        "punchOutTime",
                        Instant.now().minusSeconds(7200).toString());

        assertThat(Answers.refusal(manager.ask("attendance_update", correction)))
                .isIn("INVALID", "ILLEGAL_TRANSITION");
    }

    private String closedSession() {
        String id =
                Answers.accepted(employee.ask("punch_in", Say.punch("e1", Say.commandId())))
                        .path("id")
                        .asString();
        Answers.accepted(employee.ask("punch_out", Say.punch("e1", Say.commandId())));
        manager.await("attendance_punch_out");
        return id;
    }

    private static Instant instant(JsonNode text) {
        return text.isString() ? Instant.parse(text.asString()) : Instant.EPOCH;
    }
}
