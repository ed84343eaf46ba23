package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Browser;
import com.abrohr.attendance.system.harness.Cable;
import com.abrohr.attendance.system.harness.GuideFrontend;
import com.abrohr.attendance.system.harness.SocketIoClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;

/** The guide's WebSocketService and EmployeeAttendance, unchanged, in a real browser. */
@ExtendWith(RunningSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideFrontendE2E {
    private final Companies companies;
    private Browser browser;
    private Cable cable;
    private GuideFrontend frontend;

    GuideFrontendE2E(Companies companies) {
        this.companies = companies;
    }

    @BeforeAll
    void serve() {
        cable = new Cable(companies.server().port());
        frontend = new GuideFrontend(companies.frontendOrigin(), cable.uri());
        browser = new Browser();
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (frontend != null) {
            frontend.close();
        }
        cable.close();
    }

    @Test
    void a_punch_is_marked_with_its_time_stored_and_told_to_the_managers() {
        Companies.Company company = companies.found("guide");
        SocketIoClient manager = company.manager("m1");

        look(
                openEmployee(company, "e1"),
                page -> {
                    page.awaitText("Status: not_marked");
                    page.press("Punch In");
                    page.awaitText("Status: marked");
                    page.awaitText("Punch in recorded");

                    JsonNode heard = manager.await("attendance_punch_in");
                    assertThat(heard.path("employeeId").asString()).isEqualTo("e1");
                    assertThat(heard.path("status").asString()).isEqualTo("success");
                    assertThat(heard.path("location").path("lat").asDouble()).isEqualTo(40.4168);
                    page.awaitText("Punch In: " + heard.path("timestamp").asString());

                    page.press("Punch Out");
                    manager.await("attendance_punch_out");
                });
        await().untilAsserted(
                        () -> {
                            JsonNode session =
                                    company.managerApi("m1")
                                            .get("/api/v1/sessions")
                                            .items()
                                            .path(0);
                            assertThat(session.path("id").asString()).isEqualTo("ws-1-e1");
                            assertThat(session.path("punchOutTime").isString()).isTrue();
                        });
    }

    @Test
    void a_second_press_reaches_the_error_handler_and_the_status_stays() {
        Companies.Company company = companies.found("guide");

        look(
                openEmployee(company, "e1"),
                page -> {
                    page.press("Punch In");
                    page.awaitText("Status: marked");
                    page.press("Punch In");

                    await().untilAsserted(
                                    () ->
                                            assertThat(page.text("error"))
                                                    .startsWith("ALREADY_PUNCHED_IN: "));
                    page.awaitText("Status: marked");
                });
        assertThat(Answers.awaitItems(company.managerApi("m1"), "/api/v1/punches", 1)).hasSize(1);
    }

    @Test
    void a_correction_by_a_manager_shows_as_updated_also_after_a_lost_connection() {
        Companies.Company company = companies.found("guide");
        Instant right =
                Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(600).plusMillis(123);

        look(
                openEmployee(company, "e1"),
                page -> {
                    page.press("Punch In");
                    page.awaitText("Status: marked");

                    cable.cut();
                    try {
                        page.awaitText("Not connected");
                    } finally {
                        cable.mend();
                    }
                    page.awaitText("Connected");

                    JsonNode corrected =
                            company.manager("m1")
                                    .ask(
                                            "attendance_update",
                                            Map.of(
                                                    "attendanceId",
                                                    "ws-1-e1",
                                                    "employeeId",
                                                    "e1",
                                                    "punchInTime",
                                                    right.toString(),
                                                    "reason",
                                                    "came earlier"));
                    Answers.accepted(corrected);
                    page.awaitText("Status: updated");
                    page.awaitText("Punch In: " + right);
                });
    }

    @Test
    void a_manager_sees_a_leave_request_the_moment_it_is_made() {
        Companies.Company company = companies.found("guide");

        look(
                open(company, "m1", company.managerToken("m1")),
                page -> {
                    page.awaitText("Connected");
                    company.employee("e1")
                            .emit("leave_request", Say.leave("e1", "2031-01-02", "2031-01-05"));
                    page.awaitText("lv-1-e1: annual, 2031-01-02 to 2031-01-05");
                });
    }

    @Test
    void a_telephone_punches_as_a_desk_does() {
        Companies.Company company = companies.found("guide");
        SocketIoClient manager = company.manager("m1");
        Map<String, String> storage = Map.of("authToken", company.employeeToken("e1"));

        look(
                browser.openOnPhone(company.id(), frontend.page("e1"), storage),
                page -> {
                    page.awaitText("Connected");
                    page.press("Punch In");
                    page.awaitText("Status: marked");
                    manager.await("attendance_punch_in");
                });
    }

    @Test
    void a_page_with_a_worthless_token_stays_unconnected() {
        Companies.Company company = companies.found("guide");

        look(
                open(company, "e1", "not.a.token"),
                page -> {
                    // Marker: a page that was opened later is connected.
                    openEmployee(company, "e2").awaitText("Connected");
                    page.awaitText("Not connected");
                });
    }

    private Browser.Window openEmployee(Companies.Company company, String employeeId) {
        return open(company, employeeId, company.employeeToken(employeeId));
    }

    private Browser.Window open(Companies.Company company, String employeeId, String token) {
        return browser.open(
                company.id() + "-" + employeeId,
                frontend.page(employeeId),
                Map.of("authToken", token));
    }

    private void look(Browser.Window page, Consumer<Browser.Window> steps) {
        try {
            steps.accept(page);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "see " + page.screenshot() + "; pages said " + browser.errors(), e);
        }
    }
}
