package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.system.harness.RawSocket;
import com.abrohr.attendance.system.harness.SocketIoClient;
import com.abrohr.attendance.system.harness.Tokens;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

@ExtendWith(RunningSystem.class)
class ConnectionE2E {
    private final Companies companies;
    private final Companies.Company company;

    ConnectionE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("connection");
    }

    @Test
    void a_valid_token_is_let_in_over_websocket() {
        assertThat(transportOf(open("websocket"))).isEqualTo("websocket");
    }

    @Test
    void a_valid_token_is_let_in_over_polling_alone_and_hears_events() {
        SocketIoClient socket = open("polling");
        assertThat(transportOf(socket)).isEqualTo("polling");

        socket.emit("punch_in", Say.punch("e1", Say.commandId()));

        assertThat(socket.await("punch_in_confirmed").path("id").asString()).isEqualTo("ws-1-e1");
    }

    @Test
    void polling_is_upgraded_to_websocket_and_goes_on_hearing() {
        SocketIoClient socket = open("polling", "websocket");

        assertThat(socket.awaitLifecycle("upgrade").first().asString()).isEqualTo("websocket");
        socket.emit("punch_in", Say.punch("e1", Say.commandId()));
        socket.await("punch_in_confirmed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void no_token_is_refused_in_the_words_of_the_guide(String transport) {
        for (Map<String, ?> auth :
                List.of(Map.<String, Object>of(), Map.of("token", ""), Map.of("other", "x"))) {
            SocketIoClient socket =
                    companies
                            .sockets()
                            .open(
                                    companies.server().uri(""),
                                    Map.of("auth", auth, "transports", List.of(transport)));
            assertThat(socket.refused()).isEqualTo("Authentication token required");
        }
    }

    @Test
    void a_token_that_is_worth_nothing_is_refused_in_the_words_of_the_guide() {
        Tokens own = companies.server().tokens();
        Map<String, Object> noCompany =
                new LinkedHashMap<>(Tokens.claims("c", "e1", "employee", Duration.ofHours(1)));
        noCompany.remove("companyId");
        Map<String, Object> noExpiry =
                new LinkedHashMap<>(Tokens.claims("c", "e1", "employee", Duration.ofHours(1)));
        noExpiry.remove("exp");
        String valid = own.employee(company.id(), "e1");
        Map<String, String> worthless =
                Map.of(
                        "garbage", "not.a.token",
                        "one word", "abc",
                        "foreign signature",
                                new Tokens("another-secret-of-32-bytes-or-more-0000")
                                        .manager(company.id(), "m1"),
                        "alg none", Tokens.unsigned(company.id(), "m1", "manager"),
                        "expired", own.expired(company.id(), "e1", "employee"),
                        "cut off", valid.substring(0, valid.length() - 4),
                        "no company", own.signed(noCompany),
                        "no expiry", own.signed(noExpiry),
                        "unknown role", own.of(company.id(), "e1", "emperor"),
                        "the product's own role", own.of(company.id(), "e1", "system"));

        worthless.forEach(
                (what, token) ->
                        assertThat(
                                        companies
                                                .sockets()
                                                .open(companies.server().uri(""), token)
                                                .refused())
                                .as(what)
                                .isEqualTo("Invalid token"));
    }

    @Test
    void rest_answers_401_with_a_typed_code_where_a_socket_is_refused() {
        for (String token :
                List.of("", "not.a.token", Tokens.unsigned(company.id(), "m1", "manager"))) {
            var answer = companies.server().api(token).get("/api/v1/sessions");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void nothing_is_handled_on_a_socket_that_was_refused() {
        try (var raw = RawSocket.open(companies.server().uri(""))) {
            raw.send("40{\"token\":\"not.a.token\"}");
            raw.await(frame -> frame.startsWith("44"), Duration.ofSeconds(5));
            raw.sendAsync(
                    "420[\"punch_in\",{\"employeeId\":\"ghost\",\"timestamp\":\""
                            + Say.now()
                            + "\"}]");

            SocketIoClient later = company.employee("e1");
            later.ask("punch_in", Say.punch("e1", Say.commandId()));
            assertThat(raw.frames())
                    .noneMatch(frame -> frame.startsWith("43") || frame.startsWith("42"));
        }
    }

    @Test
    void a_dropped_client_comes_back_by_itself_and_goes_on_hearing() {
        SocketIoClient manager =
                companies
                        .sockets()
                        .open(
                                companies.server().uri(""),
                                Map.of(
                                        "auth",
                                        Map.of("token", company.managerToken("m1")),
                                        "transports",
                                        List.of("websocket"),
                                        "reconnection",
                                        true,
                                        "reconnectionDelay",
                                        50));
        manager.connected();

        manager.forget();
        manager.drop();
        manager.awaitLifecycle("disconnect");
        manager.connected();

        company.employee("e1").emit("punch_in", Say.punch("e1", Say.commandId()));
        manager.await("attendance_punch_in");
    }

    private SocketIoClient open(String... transports) {
        return companies
                .sockets()
                .open(
                        companies.server().uri(""),
                        Map.of(
                                "auth", Map.of("token", company.employeeToken("e1")),
                                "transports", List.of(transports)))
                .connected();
    }

    private static String transportOf(SocketIoClient socket) {
        return socket.awaitLifecycle("connect").first().asString();
    }
}
