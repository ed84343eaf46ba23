package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.system.harness.SocketIoClient;
import com.abrohr.attendance.system.harness.Tokens;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
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
