package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;
import com.abrohr.attendance.system.harness.RawSocket;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Tokens whose keys the issuer publishes, when strangers name other keys, and when it is away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PublishedKeysE2E {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PUNCHES = "/api/v1/punches";

    private static Issuer issuer;
    private static Path data;
    private static AttendanceServer server;

    @BeforeAll
    static void start() throws IOException {
        issuer = new Issuer();
        issuer.publish("first");
        data = DataDirectories.create();
        server =
                AttendanceServer.start(
                        data,
                        List.of("--attendance.security.jwt.jwk-set-uri=" + issuer.publishedAt()));
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
        DataDirectories.discard(data);
    }

    @Test
    @Order(1)
    void a_published_key_opens_both_doors() {
        await().atMost(LIMIT).until(() -> status(issuer.token("first")) == 200);
        assertThat(joining(issuer.token("first"))).startsWith("40{");
    }

    @Test
    @Order(2)
    void a_token_that_names_a_published_key_and_is_signed_by_another_is_refused() {
        Api.Answer answer = api(issuer.forged("first")).get(PUNCHES);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(joining(issuer.forged("first"))).startsWith("44{").contains("UNAUTHENTICATED");
    }

    @Test
    @Order(3)
    void strangers_who_name_other_keys_cannot_make_the_server_ask_for_each() {
        int before = issuer.timesAsked();
        for (int i = 0; i < 100; i++) {
            assertThat(status(issuer.forged("unheard-" + i))).isIn(401, 503);
        }

        // Two in ten seconds.
        assertThat(issuer.timesAsked() - before).isLessThan(20);
        assertThat(status(issuer.token("first"))).isEqualTo(200);
    }

    @Test
    @Order(4)
    void a_key_that_is_published_later_is_found() {
        issuer.publish("second");

        await().atMost(LIMIT).until(() -> status(issuer.token("second")) == 200);
        assertThat(status(issuer.token("first"))).isEqualTo(200);
    }

    @Test
    @Order(5)
    void while_the_issuer_does_not_answer_who_is_known_goes_on_and_a_new_key_is_unavailable() {
        issuer.hang();
        try {
            Api.Answer answer = api(issuer.forged("unheard")).get(PUNCHES);

            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("UNAVAILABLE");
            assertThat(answer.headers()).containsKey("retry-after");
            assertThat(joining(issuer.forged("unheard")))
                    .startsWith("44{")
                    .contains("\"code\":\"UNAVAILABLE\"");
            assertThat(status(issuer.token("first"))).isEqualTo(200);
            assertThat(joining(issuer.token("second"))).startsWith("40{");
        } finally {
            issuer.goOn();
        }
    }

    private static int status(String token) {
        return api(token).get(PUNCHES).status();
    }

    private static Api api(String token) {
        return server.api(token);
    }

    private static String joining(String token) {
        try (var socket = RawSocket.open(server.uri(""))) {
            socket.send("40{\"token\":\"" + token + "\"}");
            return socket.await(frame -> frame.startsWith("4"), LIMIT);
        }
    }
}
