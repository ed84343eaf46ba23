package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Browser;
import com.abrohr.attendance.system.harness.Cable;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the page promises whoever presses a button, whatever the network and the hand do. */
@ExtendWith(RunningSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagePromisesE2E {
    private final Companies companies;
    private Browser browser;
    private Cable cable;

    PagePromisesE2E(Companies companies) {
        this.companies = companies;
    }

    @BeforeAll
    void start() {
        cable = new Cable(companies.server().port());
        browser = new Browser();
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        cable.close();
    }

    @Test
    void punches_made_offline_outlive_the_window_and_another_persons_visit() {
        Companies.Company company = companies.found("kept");
        Browser.Window window = open("kept", company.employeeToken("e1"));
        window.awaitVisible("punch-button");
        awaitAttribute(window, "own-presence", "data-presence", "OUT");

        window.offline(true);
        awaitAttribute(window, "connection-state", "data-state", "offline");
        window.click("punch-button");
        awaitAttribute(window, "own-presence", "data-presence", "IN");
        window.awaitVisible("punch-kept");
        awaitAttribute(window, "punch-button", "aria-disabled", "false");
        window.click("punch-button");
        awaitAttribute(window, "own-presence", "data-presence", "OUT");
        await().until(() -> window.testids("punch-kept").size() == 2);
        window.close();
        window.offline(false);
        Instant connected = Instant.now();

        Browser.Window other = browser.openBeside(window, "kept-other", cable.uri().resolve("/"));
        signIn(other, company.employeeToken("e2"));
        awaitAttribute(other, "own-presence", "data-presence", "OUT");
        assertThat(other.testids("punch-kept")).isEmpty();
        other.click("sign-out");
        assertThat(punches(company, "e1")).isZero();

        signIn(other, company.employeeToken("e1"));
        await().untilAsserted(() -> assertThat(punches(company, "e1")).isEqualTo(2));
        JsonNode session = awaitSession(company, "e1", "punchOutTime");
        assertThat(Instant.parse(session.path("punchInTime").asString())).isBefore(connected);
        assertThat(Instant.parse(session.path("punchOutTime").asString())).isBefore(connected);
        await().untilAsserted(
                        () ->
                                assertThat(other.text("punch-confirmation"))
                                        .contains("Punch in confirmed", "Punch out confirmed"));
        assertThat(punches(company, "e2")).isZero();
    }

    @Test
    void a_browser_that_is_killed_loses_no_punch_and_doubles_none() throws IOException {
        Companies.Company company = companies.found("killed");
        Path profile = Files.createTempDirectory("browser");
        try (Browser mortal = new Browser(profile)) {
            for (int round = 0; round < 3; round++) {
                Browser.Window window = mortal.open("killed-" + round, cable.uri().resolve("/"));
                window.awaitVisible("sign-in-token");
                window.offline(true);
                signIn(window, company.employeeToken("e1"));
                window.click(round == 0 ? "punch_in-button" : "punch-button");
                awaitAttribute(
                        window, "own-presence", "data-presence", round % 2 == 0 ? "IN" : "OUT");
                mortal.crash();
            }
            signIn(mortal.open("alive", cable.uri().resolve("/")), company.employeeToken("e1"));
            await().untilAsserted(() -> assertThat(punches(company, "e1")).isEqualTo(3));
            assertThat(sessions(company, "e1")).hasSize(2);
        }
    }

    @Test
    void the_page_opens_and_punches_without_a_network() {
        Companies.Company company = companies.found("offline");
        Browser.Window window = open("offline", company.employeeToken("e1"));
        awaitAttribute(window, "own-presence", "data-presence", "OUT");
        window.awaitKeptForOffline();
        window.offline(true);
        window.reload();
        window.click("punch_in-button");
        window.awaitVisible("punch-kept");
        window.offline(false);
        await().untilAsserted(() -> assertThat(punches(company, "e1")).isEqualTo(1));
        awaitAttribute(window, "own-presence", "data-presence", "IN");
    }

    @Test
    void a_punch_pressed_in_a_silent_hole_counts_when_it_was_pressed() {
        Companies.Company company = companies.found("silent");
        Browser.Window window = open("silent", company.employeeToken("e1"));
        awaitAttribute(window, "own-presence", "data-presence", "OUT");
        awaitAttribute(window, "connection-state", "data-state", "live");
        try {
            cable.hush();
            window.click("punch-button");
            awaitAttribute(window, "connection-state", "data-state", "offline");
            assertThat(window.text("connection-state")).startsWith("Offline since");
            window.awaitVisible("punch-kept");
        } finally {
            cable.mend();
        }
        Instant mended = Instant.now();

        JsonNode session = awaitSession(company, "e1", "punchInTime");
        assertThat(Instant.parse(session.path("punchInTime").asString())).isBefore(mended);
        assertThat(punches(company, "e1")).isEqualTo(1);
        awaitAttribute(window, "connection-state", "data-state", "live");
    }

    @Test
    void two_windows_of_one_browser_share_what_waits() {
        Companies.Company company = companies.found("shared");
        Browser.Window one = open("shared-one", company.employeeToken("e1"));
        Browser.Window two = browser.openBeside(one, "shared-two", cable.uri().resolve("/"));
        signIn(two, company.employeeToken("e1"));
        awaitAttribute(one, "own-presence", "data-presence", "OUT");
        awaitAttribute(two, "own-presence", "data-presence", "OUT");

        one.offline(true);
        awaitAttribute(two, "connection-state", "data-state", "offline");
        one.click("punch-button");
        awaitAttribute(two, "own-presence", "data-presence", "IN");
        two.awaitVisible("punch-kept");
        one.offline(false);
        awaitAttribute(one, "connection-state", "data-state", "live");
        awaitAttribute(two, "connection-state", "data-state", "live");
        await().untilAsserted(
                        () ->
                                assertThat(two.text("punch-confirmation"))
                                        .contains("Punch in confirmed"));
        await().untilAsserted(() -> assertThat(punches(company, "e1")).isEqualTo(1));
    }

    @Test
    void two_quick_presses_of_the_punch_button_are_one_punch() {
        Companies.Company company = companies.found("double");
        Browser.Window window = open("double", company.employeeToken("e1"));
        awaitAttribute(window, "own-presence", "data-presence", "OUT");
        window.clickTwice("punch-button", Duration.ofMillis(250));
        awaitAttribute(window, "own-presence", "data-presence", "IN");
        awaitSession(company, "e1", "punchInTime");

        awaitAttribute(window, "punch-button", "aria-disabled", "false");
        window.click("punch-button");
        awaitSession(company, "e1", "punchOutTime");
        assertThat(punches(company, "e1")).isEqualTo(2);
    }

    @Test
    void two_quick_presses_on_approve_decide_one_request_and_it_can_be_taken_back() {
        Companies.Company company = companies.found("approve");
        String first = askForLeave(company, "e1");
        String second = askForLeave(company, "e2");
        Browser.Window desk = open("approve", company.managerToken("m1"));
        desk.awaitVisible("approve-" + second);

        desk.clickTwice("approve-" + first, Duration.ofMillis(180));
        desk.awaitVisible("take-back-" + first);
        desk.awaitVisible("approve-" + second);
        desk.click("take-back-" + first);
        await().until(() -> ("approve-" + first).equals(desk.focused()));

        desk.pressKey("Enter");
        await().until(() -> ("take-back-" + first).equals(desk.focused()));
        await().untilAsserted(() -> assertThat(status(company, first)).isEqualTo("APPROVED"));
        assertThat(status(company, second)).isEqualTo("PENDING");
        awaitAttribute(desk, "leave-" + first, "data-decided", "true");
        assertThat(desk.testids("leave-lv-")).containsExactly("leave-" + first, "leave-" + second);
        await().until(() -> ("leave-" + first).equals(desk.focused()));
    }

    @Test
    void of_two_managers_who_decide_at_once_the_later_sees_who_decided_and_how() {
        Companies.Company company = companies.found("two");
        String leave = askForLeave(company, "e1");
        Browser.Window one = open("two-one", company.managerToken("m1"));
        Browser.Window two = open("two-two", company.managerToken("m2"));
        two.awaitVisible("approve-" + leave);
        one.click("approve-" + leave);
        two.click("reject-" + leave);

        await().untilAsserted(() -> assertThat(status(company, leave)).isEqualTo("APPROVED"));
        await().untilAsserted(
                        () ->
                                assertThat(two.text("refused-" + leave))
                                        .contains("too late", "approved by m1"));
    }

    @Test
    void a_comment_names_its_person_and_is_left_with_escape() {
        Companies.Company company = companies.found("comment");
        String leave = askForLeave(company, "e1");
        Browser.Window desk = open("comment", company.managerToken("m1"));
        desk.click("commenting-" + leave);
        desk.awaitVisible("comment-" + leave);
        assertThat(desk.text("commenting-" + leave)).contains("e1");
        desk.pressKey("Escape");
        desk.awaitGone("comment-" + leave);
        await().until(() -> ("commenting-" + leave).equals(desk.focused()));
    }

    @Test
    void filters_outlive_a_reload() {
        Companies.Company company = companies.found("filters");
        askForLeave(company, "e1");
        askForLeave(company, "e2");
        Browser.Window desk = open("filters", company.managerToken("m1"));
        desk.awaitVisible("tile-e1");
        desk.fill("filter-text", "e2");
        desk.awaitGone("tile-e1");
        await().until(() -> desk.address().contains("find=e2"));
        desk.reload();
        desk.awaitVisible("tile-e2");
        assertThat(desk.testids("tile-")).containsExactly("tile-e2");
    }

    @Test
    void an_auditor_has_no_punch_button() {
        Companies.Company company = companies.found("auditor");
        askForLeave(company, "e1");
        String token = companies.server().tokens().of(company.id(), "a1", "auditor");
        Browser.Window window = browser.open("auditor", cable.uri().resolve("/#me"));
        signIn(window, token);
        window.awaitVisible("tile-e1");
        assertThat(window.testids("punch-button")).isEmpty();
    }

    @Test
    void leave_that_cannot_be_meant_is_told_at_the_field_and_leave_far_away_is_asked_about() {
        Companies.Company company = companies.found("dates");
        Browser.Window window = open("dates", company.employeeToken("e1"));
        window.fill("leave-start", "0001-01-01");
        assertThat(window.text("leave-dates")).contains("The year 1 cannot be right");
        String far = LocalDate.now().plusYears(4).toString();
        window.fill("leave-start", far);
        window.fill("leave-end", far);
        window.click("leave-submit");
        assertThat(window.text("leave-dates")).contains(far, "Is that the day you mean?");
        window.fill("leave-reason", "x".repeat(2_000));
        window.click("leave-submit");
        window.awaitVisible("leave-sent");
        await().untilAsserted(() -> assertThat(leaveOf(company, "e1")).hasSize(1));
        assertThat(leaveOf(company, "e1").get(0).path("reason").asString()).hasSize(2_000);
    }

    private Browser.Window open(String name, String token) {
        Browser.Window window = browser.open(name, cable.uri().resolve("/"));
        signIn(window, token);
        return window;
    }

    private static void signIn(Browser.Window window, String token) {
        window.fill("sign-in-token", token);
        window.press("Sign in");
    }

    private static String askForLeave(Companies.Company company, String employeeId) {
        String day = LocalDate.now().plusDays(30).toString();
        return company.employeeApi(employeeId)
                .post(
                        "/api/v1/leave-requests",
                        Map.of("leaveType", "vacation", "startDate", day, "endDate", day),
                        "")
                .body()
                .path("id")
                .asString();
    }

    private static JsonNode awaitSession(
            Companies.Company company, String employeeId, String having) {
        await().until(() -> sessions(company, employeeId).path(0).path(having).isString());
        return sessions(company, employeeId).path(0);
    }

    private static JsonNode sessions(Companies.Company company, String employeeId) {
        return company.employeeApi(employeeId).get("/api/v1/sessions").items();
    }

    private static int punches(Companies.Company company, String employeeId) {
        return company.employeeApi(employeeId).get("/api/v1/punches").items().size();
    }

    private static List<JsonNode> leaveOf(Companies.Company company, String employeeId) {
        List<JsonNode> requests = new ArrayList<>();
        company.employeeApi(employeeId)
                .get("/api/v1/leave-requests")
                .items()
                .forEach(requests::add);
        return requests;
    }

    private static String status(Companies.Company company, String leaveId) {
        for (JsonNode request : company.managerApi("m9").get("/api/v1/leave-requests").items()) {
            if (request.path("id").asString().equals(leaveId)) {
                return request.path("status").asString();
            }
        }
        return "none";
    }

    private static void awaitAttribute(
            Browser.Window window, String testid, String attribute, String value) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(window.attribute(testid, attribute)).isEqualTo(value));
    }
}
