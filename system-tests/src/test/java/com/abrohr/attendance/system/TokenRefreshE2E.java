package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.system.harness.RawSocket;
import com.abrohr.attendance.system.harness.SocketIoClient;
import com.abrohr.attendance.system.harness.Tokens;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A socket lives as long as its token, and longer with a new one. */
@ExtendWith(RunningSystem.class)
class TokenRefreshE2E {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Companies companies;
    private final Companies.Company company;

    TokenRefreshE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("token");
    }

    @Test
    void a_refreshed_socket_outlives_its_first_token_and_one_that_is_not_is_closed_with_4100() {
        try (var forgotten = raw(shortLived("e1", "employee"));
                var refreshed = raw(shortLived("e1", "employee"))) {
            refreshed.send(refresh(company.employeeToken("e1")));
            String answer = refreshed.await(frame -> frame.startsWith("430["), LIMIT);
            assertThat(answer).contains("\"ok\":true");

            assertThat(forgotten.awaitCloseCode(LIMIT)).isEqualTo(4100);
            refreshed.send("421[\"punch_in\",{\"timestamp\":\"" + Say.now() + "\"}]");
            assertThat(refreshed.await(frame -> frame.startsWith("431["), LIMIT))
                    .contains("\"ok\":true");
        }
    }

    @Test
    void whoever_asks_is_told_the_time_of_the_server() {
        SocketIoClient socket = company.employee("e1");
        JsonNode answer = Answers.accepted(socket.ask("server_time", Map.of()));
        assertThat(answer.path("serverTime").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(Answers.refusal(socket.ask("server_time", Map.of("zone", "UTC"))))
                .isEqualTo("INVALID");
    }

    @Test
    void the_answer_says_until_when() {
        SocketIoClient socket = company.employee("e1");
        JsonNode answer =
                Answers.accepted(
                        socket.ask("token_refresh", Map.of("token", company.employeeToken("e1"))));
        assertThat(Instant.parse(answer.path("expiresAt").asString())).isAfter(Instant.now());
    }

    @Test
    void a_token_that_is_worth_nothing_or_somebody_elses_changes_nothing() {
        SocketIoClient socket = company.employee("e1");
        var other = companies.found("token-other");
        Map<String, String> refusals =
                Map.of(
                        "not.a.token",
                        "UNAUTHENTICATED",
                        companies.server().tokens().expired(company.id(), "e1", "employee"),
                        "UNAUTHENTICATED",
                        Tokens.unsigned(company.id(), "e1", "employee"),
                        "UNAUTHENTICATED",
                        company.employeeToken("e2"),
                        "FORBIDDEN",
                        other.employeeToken("e1"),
                        "FORBIDDEN");
        refusals.forEach(
                (token, code) ->
                        assertThat(
                                        Answers.refusal(
                                                socket.ask(
                                                        "token_refresh", Map.of("token", token))))
                                .isEqualTo(code));
        assertThat(Answers.refusal(socket.ask("token_refresh", Map.of()))).isEqualTo("INVALID");

        Answers.accepted(socket.ask("punch_in", Say.punch("e1", Say.commandId())));
        assertThat(company.managerApi("m1").get("/api/v1/sessions?employeeId=e2").items())
                .isEmpty();
    }

    @Test
    void another_role_closes_the_socket_with_4101() {
        try (var manager = raw(company.managerToken("m1"))) {
            manager.send(refresh(company.employeeToken("m1")));
            assertThat(manager.awaitCloseCode(LIMIT)).isEqualTo(4101);
        }
    }

    private RawSocket raw(String token) {
        return RawSocket.connect(companies.server().uri(""), token);
    }

    private String shortLived(String employeeId, String role) {
        Tokens tokens = companies.server().tokens();
        return tokens.signed(Tokens.claims(company.id(), employeeId, role, Duration.ofSeconds(8)));
    }

    private static String refresh(String token) {
        return "420[\"token_refresh\",{\"token\":\"" + token + "\"}]";
    }
}
