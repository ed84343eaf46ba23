package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.Set;

/** Which sites' pages may connect, over either transport. */
class OriginsIT {

    private static final String POLLING = "EIO=4&transport=polling";
    private static final String WEB_SOCKET = "EIO=4&transport=websocket";
    private static final String ALLOWED = "https://allowed.example";

    private final int port = ConformanceServer.shared().port();
    private final Http http = new Http(port, "/engine.io/");

    @Test
    void anAllowedOriginMayReadTheAnswersWithItsCredentials() {
        HttpResponse<String> answer = get(http, ALLOWED);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
        assertThat(header(answer, "Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(header(answer, "Vary")).isEqualTo("Origin");
    }

    @Test
    void aRefusalMayBeReadByAnAllowedOriginToo() {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(http.uri(POLLING + "&sid=unknown"))
                                .header("Origin", ALLOWED));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://foreign.example",
                "http://allowed.example",
                "https://allowed.example:8443",
                "https://allowed.example.foreign.example",
                "https://sub.allowed.example",
                "null",
                "nonsense"
            })
    void anyOtherOriginIsRefusedOnEveryWay(String origin) {
        HttpResponse<String> answer = get(http, origin);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Http.JSON.readTree(answer.body()).path("code").asInt()).isEqualTo(4);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();

        HttpResponse<String> preflight = preflight(origin);
        assertThat(preflight.statusCode()).isEqualTo(403);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();

        assertThatThrownBy(() -> Wire.to(http.webSocketUri(WEB_SOCKET), origin))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void aForeignOriginCannotUseASessionThatItKnows() {
        String sid = http.openSid();
        HttpResponse<String> posted =
                http.send(
                        HttpRequest.newBuilder(http.uri(POLLING + "&sid=" + sid))
                                .header("Origin", "https://foreign.example")
                                .POST(BodyPublishers.ofString("4forged")));
        assertThat(posted.statusCode()).isEqualTo(403);
        http.post(sid, "4mine");
        assertThat(http.poll(sid).body()).isEqualTo("4mine");
    }

    @Test
    void theSitesOwnPagesNeedNoPermission() {
        String own = "http://localhost:" + port;
        HttpResponse<String> answer = get(http, own);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        try (Wire wire = Wire.to(http.webSocketUri(WEB_SOCKET), own)) {
            assertThat(wire.text()).startsWith("0{");
        }
    }

    @Test
    void anAllowedOriginMayOpenAWebSocket() {
        try (Wire wire = Wire.to(http.webSocketUri(WEB_SOCKET), ALLOWED)) {
            assertThat(wire.text()).startsWith("0{");
        }
    }

    @Test
    void aPreflightOfAnAllowedOriginIsAnswered() {
        HttpResponse<String> answer = preflight(ALLOWED);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
        assertThat(header(answer, "Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(header(answer, "Access-Control-Allow-Methods")).isEqualTo("GET, POST");
        assertThat(header(answer, "Access-Control-Allow-Headers")).isEqualTo("content-type");
        assertThat(header(answer, "Access-Control-Max-Age")).isNotEmpty();
    }

    @Test
    void anyOriginAtAllIsLetInWithoutItsCredentials() {
        try (ConformanceServer open =
                ConformanceServer.start(0, settings -> settings.withAllowedOrigins(Set.of("*")))) {
            HttpResponse<String> answer =
                    get(new Http(open.port(), "/engine.io/"), "https://foreign.example");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
        }
    }

    private static HttpResponse<String> get(Http http, String origin) {
        return http.send(HttpRequest.newBuilder(http.uri(POLLING)).header("Origin", origin));
    }

    private HttpResponse<String> preflight(String origin) {
        return http.send(
                HttpRequest.newBuilder(http.uri(POLLING))
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "content-type")
                        .method("OPTIONS", BodyPublishers.noBody()));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
