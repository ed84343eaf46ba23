package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.Browser;
import com.abrohr.attendance.system.harness.DataDirectories;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Two people at two windows of the demo company. */
class BrowserE2E {
    private static AttendanceServer server;
    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = new Browser();
        server =
                AttendanceServer.start(
                        DataDirectories.create(),
                        List.of("--attendance.demo=true", "--attendance.demo-script=false"));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
            DataDirectories.discard(server.dataDirectory());
        }
    }

    @Test
    void a_punch_in_one_window_moves_the_board_in_the_other_and_leave_is_decided_there() {
        JsonNode people = server.api("").get("/api/v1/demo/people").body().path("people");
        String employee = first(people, "EMPLOYEE");
        String manager = first(people, "MANAGER");
        Browser.Window desk = browser.open("manager", server.uri("/"));
        Browser.Window phone = browser.open("employee", server.uri("/"));
        try {
            desk.click("sign-in-" + manager);
            await().until(() -> "page".equals(desk.focused()));
            desk.awaitVisible("tile-" + employee);
            assertThat(desk.attribute("tile-" + employee, "data-presence")).isEqualTo("OUT");
            int before = count(desk);

            phone.click("sign-in-" + employee);
            phone.awaitVisible("own-presence");
            phone.click("punch-button");

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> {
                                assertThat(desk.attribute("tile-" + employee, "data-presence"))
                                        .isEqualTo("IN");
                                assertThat(count(desk)).isEqualTo(before + 1);
                            });

            phone.fill("leave-start", LocalDate.now().plusDays(30).toString());
            phone.fill("leave-end", LocalDate.now().plusDays(33).toString());
            phone.fill("leave-reason", "rest");
            phone.click("leave-submit");
            String leave = "lv-1-" + employee;
            desk.awaitVisible("leave-inbox");
            desk.click("approve-" + leave);
            desk.awaitGone("approve-" + leave);
            phone.awaitVisible("own-leave-" + leave);
            await().untilAsserted(
                            () ->
                                    assertThat(phone.attribute("own-leave-" + leave, "data-status"))
                                            .isEqualTo("APPROVED"));

            phone.click("punch-button");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(count(desk)).isEqualTo(before));
            assertThat(browser.errors()).isEmpty();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "see "
                            + desk.screenshot()
                            + " and "
                            + phone.screenshot()
                            + "; pages said "
                            + browser.errors()
                            + "\n"
                            + server.log().tail(40),
                    e);
        }
    }

    @Test
    void a_request_is_made_on_the_page_to_try_the_api() {
        ApiContract contract = ApiContract.of(server);
        JsonNode people =
                contract.exchange(server.api(""), "GET", "/demo/people", "", Map.of())
                        .body()
                        .path("people");
        String signIn = "{\"employeeId\":\"" + first(people, "MANAGER") + "\"}";
        Map<String, String> json = Map.of("Content-Type", "application/json");
        contract.exchange(server.api(""), "POST", "/demo/sign-in", signIn, json);
        contract.exchange(server.api(""), "POST", "/demo/sign-in", "{}", json);
        contract.exchange(
                server.api(""), "POST", "/demo/sign-in", "{\"employeeId\":\"nobody\"}", json);

        Browser.Window page = browser.open("docs", server.uri("/api/v1/docs"));
        try {
            String token =
                    server.api("")
                            .send("POST", "/api/v1/demo/sign-in", signIn, json)
                            .body()
                            .path("token")
                            .asString();
            page.clickAt(".auth-wrapper .authorize");
            page.fillAt(".auth-container input", token);
            page.clickAt(".auth-btn-wrapper .authorize");
            page.clickAt(".auth-btn-wrapper .btn-done");
            String operation = "#operations-attendance-listPresence ";
            page.clickAt(operation + ".opblock-summary-control");
            page.clickAt(operation + ".execute");
            assertThat(page.textAt(operation + ".live-responses-table .response-col_status"))
                    .startsWith("Code");
            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    page.textAt(
                                                            operation
                                                                    + ".live-responses-table tbody"
                                                                    + " .response-col_status"))
                                            .startsWith("200"));
            assertThat(browser.errors()).isEmpty();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "see " + page.screenshot() + "; pages said " + browser.errors(), e);
        }
    }

    private static int count(Browser.Window board) {
        return Integer.parseInt(board.text("count-IN").replaceAll("\\D", ""));
    }

    private static String first(JsonNode people, String role) {
        for (JsonNode person : people) {
            if (person.path("role").asString("").equalsIgnoreCase(role)) {
                return person.path("employeeId").asString();
            }
        }
        throw new AssertionError("nobody of role " + role + " in " + people);
    }
}
