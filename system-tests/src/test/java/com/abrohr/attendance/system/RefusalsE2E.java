package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.system.harness.SocketIoClient;
import com.abrohr.attendance.system.harness.Tokens;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A refusal says enough for a program to go on by itself. */
@ExtendWith(RunningSystem.class)
class RefusalsE2E {

    private final Companies companies;
    private final Companies.Company company;

    RefusalsE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("refusals");
    }

    @Test
    void a_handshake_with_a_token_that_was_good_is_told_apart_from_one_that_never_was() {
        Tokens own = companies.server().tokens();
        Tokens forger = new Tokens("another-secret-of-32-bytes-or-more-0000");

        assertThat(refusalOf(Map.of("token", own.expired(company.id(), "e1", "employee"))))
                .containsExactly("Invalid token", "TOKEN_EXPIRED");
        for (String token :
                List.of("not.a.token", forger.expired(company.id(), "e1", "employee"))) {
            assertThat(refusalOf(Map.of("token", token)))
                    .containsExactly("Invalid token", "UNAUTHENTICATED");
        }
        assertThat(refusalOf(Map.of()))
                .containsExactly("Authentication token required", "UNAUTHENTICATED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void the_token_may_come_as_the_bearer_of_the_handshake(String transport) {
        SocketIoClient socket = open(company.employeeToken("e1"), Map.of(), transport).connected();

        Answers.accepted(socket.ask("punch_in", Say.punch("e1", Say.commandId())));
        Answers.accepted(socket.ask("punch_out", Say.punch("e1", Say.commandId())));
    }

    @Test
    void the_token_of_the_connect_wins_over_the_bearer() {
        assertThat(
                        open(company.employeeToken("e1"), Map.of("token", "not.a.token"), "polling")
                                .refused())
                .isEqualTo("Invalid token");
        open("not.a.token", Map.of("token", company.employeeToken("e1")), "polling").connected();
    }

    @Test
    void a_field_that_an_event_does_not_have_is_refused_by_name_and_nothing_is_done() {
        SocketIoClient socket = company.employee("e2");
        SocketIoClient manager = company.manager("m1");
        Map<String, Object> leave = new HashMap<>(Say.leave("e2", "2031-01-02", "2031-01-02"));
        leave.put("halfDay", true);

        assertThat(fieldOf(socket.ask("leave_request", leave))).isEqualTo("halfDay");
        assertThat(fieldOf(socket.ask("token_refresh", Map.of("token", "t", "tokens", 1))))
                .isEqualTo("tokens");
        assertThat(fieldOf(manager.ask("request_live_dashboard", Map.of("siteId", "madrid"))))
                .isEqualTo("siteId");

        assertThat(company.managerApi("m1").get("/api/v1/leave-requests").items()).isEmpty();
    }

    @Test
    void a_confirmation_says_which_instant_counts() {
        SocketIoClient socket = company.employee("e3");
        Instant before = Instant.now();
        Map<String, Object> late = Say.punch("e3", Say.commandId(), "2026-01-01T08:00:00.000Z");

        JsonNode confirmed = Answers.accepted(socket.ask("punch_in", late));

        assertThat(confirmed.path("timestamp").asString()).isEqualTo("2026-01-01T08:00:00.000Z");
        assertThat(Instant.parse(confirmed.path("countedAt").asString()))
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_punch_that_is_repeated_without_its_id_is_told_what_is_stored(boolean overRest) {
        String person = overRest ? "e4" : "e5";
        JsonNode in = Answers.accepted(company.employee(person).ask("punch_in", unnamed(person)));
        JsonNode open = repeated(person, "IN", overRest).path("openSession");
        JsonNode out = Answers.accepted(company.employee(person).ask("punch_out", unnamed(person)));
        JsonNode last = repeated(person, "OUT", overRest).path("lastSession");

        assertThat(open.path("sessionId").asString("")).isEqualTo(in.path("id").asString());
        assertThat(instant(open, "since")).isEqualTo(instant(in, "countedAt"));
        assertThat(last.path("sessionId").asString("")).isEqualTo(out.path("id").asString());
        assertThat(instant(last, "since")).isEqualTo(instant(in, "countedAt"));
        assertThat(instant(last, "until")).isEqualTo(instant(out, "countedAt"));
    }

    private JsonNode repeated(String person, String type, boolean overRest) {
        return overRest
                ? company.employeeApi(person)
                        .post("/api/v1/punches", Map.of("type", type), Say.commandId())
                        .body()
                : company.employee(person)
                        .ask("punch_" + type.toLowerCase(Locale.ROOT), unnamed(person))
                        .path("error");
    }

    private static Map<String, Object> unnamed(String person) {
        return Map.of("employeeId", person, "timestamp", Say.now());
    }

    private static Instant instant(JsonNode object, String field) {
        return Instant.parse(object.path(field).asString(""));
    }

    private static String fieldOf(JsonNode answer) {
        return answer.path("error").path("field").asString("no field");
    }

    private SocketIoClient open(String bearer, Map<String, ?> auth, String transport) {
        return companies
                .sockets()
                .open(
                        companies.server().uri(""),
                        Map.of(
                                "auth", auth,
                                "transports", List.of(transport),
                                "extraHeaders", Map.of("Authorization", "Bearer " + bearer)));
    }

    /** The message and the code of a refused handshake. */
    private List<String> refusalOf(Map<String, ?> auth) {
        JsonNode error =
                companies
                        .sockets()
                        .open(companies.server().uri(""), Map.of("auth", auth))
                        .awaitLifecycle("connect_error")
                        .args();
        return List.of(error.path(0).asString(""), error.path(1).path("code").asString("no code"));
    }
}
