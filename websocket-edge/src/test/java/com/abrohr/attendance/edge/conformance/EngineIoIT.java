package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Engine.IO v4 over a real Tomcat, against the echo of the {@link ConformanceServer}. */
class EngineIoIT {

    private static ConformanceServer server;
    private static Http http;

    @BeforeAll
    static void start() {
        server = ConformanceServer.start(0, Duration.ofSeconds(25), Duration.ofSeconds(20));
        http = new Http(server.port(), "/engine.io/");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Wire webSocket() {
        return Wire.to(http.webSocketUri("EIO=4&transport=websocket"));
    }

    private static Wire upgrading(String sid) {
        return Wire.to(http.webSocketUri("EIO=4&transport=websocket&sid=" + sid));
    }

    @Test
    void aClientThatOffersCompressionGetsNone() throws IOException {
        try (Socket socket = new Socket("localhost", server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            """
                            GET /engine.io/?EIO=4&transport=websocket HTTP/1.1
                            Host: localhost
                            Connection: Upgrade
                            Upgrade: websocket
                            Sec-WebSocket-Version: 13
                            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                            Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits

                            """
                                    .replace("\n", "\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            var answer =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1));
            StringBuilder head = new StringBuilder();
            for (String line = answer.readLine();
                    line != null && !line.isEmpty();
                    line = answer.readLine()) {
                head.append(line).append('\n');
            }
            assertThat(head.toString())
                    .startsWith("HTTP/1.1 101")
                    .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
        }
    }

    @Test
    void aPollingHandshakeTellsTheSettingsAndOffersTheUpgrade() {
        JsonNode open = http.open();

        assertThat(open.propertyNames())
                .containsExactlyInAnyOrder(
                        "sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
        assertThat(open.path("sid").asString()).hasSizeGreaterThanOrEqualTo(22);
        assertThat(open.path("upgrades").toString()).isEqualTo("[\"websocket\"]");
        assertThat(open.path("pingInterval").asInt()).isEqualTo(25_000);
        assertThat(open.path("pingTimeout").asInt()).isEqualTo(20_000);
        assertThat(open.path("maxPayload").asInt()).isEqualTo(1_000_000);
    }

    @Test
    void aWebSocketHandshakeOffersNoUpgrade() {
        try (Wire wire = webSocket()) {
            String open = wire.text();
            assertThat(open).startsWith("0{").contains("\"upgrades\":[]");
        }
    }

    @Test
    void theLastSlashOfThePathMayBeMissing() {
        Http withoutSlash = new Http(server.port(), "/engine.io");
        assertThat(withoutSlash.get("EIO=4&transport=polling").statusCode()).isEqualTo(200);
        try (Wire wire = Wire.to(withoutSlash.webSocketUri("EIO=4&transport=websocket"))) {
            assertThat(wire.text()).startsWith("0{");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transport=polling",
                "EIO=abc&transport=polling",
                "EIO=3&transport=polling",
                "EIO=4",
                "EIO=4&transport=abc",
                "EIO=4&transport=websocket",
                "EIO=4&transport=polling&j=0",
                "EIO=4&transport=polling&sid=unknown"
            })
    void aRequestThatIsNotOfTheProtocolIsRefused(String query) {
        HttpResponse<String> answer = http.get(query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Http.JSON.readTree(answer.body()).path("message").asString()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transport=websocket",
                "EIO=3&transport=websocket",
                "EIO=4",
                "EIO=4&transport=abc",
                "EIO=4&transport=polling"
            })
    void aWebSocketThatIsNotOfTheProtocolGetsNoHandshake(String query) {
        assertThatThrownBy(() -> Wire.to(http.webSocketUri(query)))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void onlyAGetOpensASession(String method) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(http.uri("EIO=4&transport=polling"))
                        .method(method, BodyPublishers.noBody());
        assertThat(http.send(request).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4hello", "4a\u001e4b\u001e4c", "4hello\u001ebAQIDBA==", "4h€llo – 😀"})
    void whatIsPostedComesBackOnTheNextPoll(String payload) {
        String sid = http.openSid();

        HttpResponse<String> posted = http.post(sid, payload);
        assertThat(posted.statusCode()).isEqualTo(200);
        assertThat(posted.body()).isEqualTo("ok");

        assertThat(http.poll(sid).body()).isEqualTo(payload);
    }

    @Test
    void base64MayBeWrappedIntoLines() {
        String sid = http.openSid();
        assertThat(http.post(sid, "bAQID\r\nBAUG\n").statusCode()).isEqualTo(200);
        assertThat(http.poll(sid).body()).isEqualTo("bAQIDBAUG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "4ok\u001eabc", "4ok\u001e", "2", "b!!!", "0{}"})
    void aBadPacketIsRefusedAndEndsTheSession(String payload) {
        String sid = http.openSid();
        assertThat(http.post(sid, payload).statusCode()).isEqualTo(400);

        HttpResponse<String> after = http.poll(sid);
        assertThat(after.statusCode()).isEqualTo(400);
        assertThat(after.body()).contains("4002");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        String sid = http.openSid();
        assertThat(http.post(sid, new byte[] {'4', (byte) 0xc3, (byte) 0x28}).statusCode())
                .isEqualTo(400);
        assertThat(http.poll(sid).statusCode()).isEqualTo(400);
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedAndEndsTheSession() {
        String sid = http.openSid();
        assertThat(http.post(sid, "4" + "x".repeat(1_000_000)).statusCode()).isEqualTo(413);
        assertThat(http.poll(sid).body()).contains("1009");
    }

    @Test
    void ofTwoPollsAtOnceTheFirstIsClosedAndTheSecondRefused() {
        String sid = http.openSid();
        CompletableFuture<HttpResponse<String>> one = http.pollLater(sid);
        CompletableFuture<HttpResponse<String>> two = http.pollLater(sid);

        HttpResponse<String> first = one.orTimeout(10, TimeUnit.SECONDS).join();
        HttpResponse<String> second = two.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(new int[] {first.statusCode(), second.statusCode()})
                .containsExactlyInAnyOrder(200, 400);
        assertThat(first.statusCode() == 200 ? first.body() : second.body()).isEqualTo("1");
        assertThat(http.poll(sid).statusCode()).isEqualTo(400);
    }

    @Test
    void aWebSocketCarriesTextAndBinary() {
        try (Wire wire = webSocket()) {
            wire.text();
            assertThat(wire.send("4hello").text()).isEqualTo("4hello");
            assertThat(wire.send(new byte[] {1, 2, 3}).binary()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void longMessagesArriveWholeHoweverTheyAreCut() {
        String message = "4" + "Ünïcödé €😀 ".repeat(5_000);
        byte[] binary = message.getBytes(StandardCharsets.UTF_8);
        try (Wire wire = webSocket()) {
            wire.text();
            assertThat(wire.send(message).text()).isEqualTo(message);
            assertThat(wire.sendInParts(message, 777).text()).isEqualTo(message);
            assertThat(wire.send(binary).binary()).isEqualTo(binary);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "2", "0{}", "b***"})
    void aBadPacketClosesTheWebSocketWithItsNumber(String packet) {
        try (Wire wire = webSocket()) {
            wire.text();
            wire.send(packet);
            assertThat(wire.awaitClose().code()).isEqualTo(4002);
        }
    }

    @Test
    void aMessageBeyondTheLimitClosesTheWebSocket() {
        try (Wire wire = webSocket()) {
            wire.text();
            wire.send("4" + "x".repeat(1_000_000));
            assertThat(wire.awaitClose().code()).isEqualTo(1009);
        }
    }

    @Test
    void aPollingClientThatClosesHasItsPollEnded() {
        String sid = http.openSid();
        CompletableFuture<HttpResponse<String>> poll = http.pollLater(sid);
        assertThat(http.post(sid, "1").statusCode()).isEqualTo(200);
        HttpResponse<String> ended = poll.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(ended.body()).isEqualTo("6");
        assertThat(http.poll(sid).statusCode()).isEqualTo(400);
    }

    @Test
    void aWebSocketClientThatClosesIsClosed() {
        try (Wire wire = webSocket()) {
            wire.text();
            wire.send("1");
            assertThat(wire.awaitClose().code()).isEqualTo(1000);
        }
    }

    @Test
    void aSessionMovesFromPollingToWebSocket() {
        String sid = http.openSid();
        try (Wire wire = upgrading(sid)) {
            assertThat(wire.send("2probe").text()).isEqualTo("3probe");
            assertThat(http.poll(sid).body()).isEqualTo("6");

            wire.send("5");
            assertThat(wire.send("4hello").text()).isEqualTo("4hello");
            assertThat(http.poll(sid).statusCode()).isEqualTo(400);
            assertThat(http.post(sid, "4x").statusCode()).isEqualTo(400);
            assertThat(wire.send("4again").text()).isEqualTo("4again");
        }
    }

    @Test
    void whatWasNotPolledYetFollowsToTheWebSocket() {
        String sid = http.openSid();
        try (Wire wire = upgrading(sid)) {
            assertThat(wire.send("2probe").text()).isEqualTo("3probe");
            http.post(sid, "4late\u001ebAQI=");
            wire.send("5");
            assertThat(wire.text()).isEqualTo("4late");
            assertThat(wire.binary()).containsExactly(1, 2);
        }
    }

    @Test
    void aSecondWebSocketForASessionIsClosedAndTheFirstLivesOn() {
        String sid = http.openSid();
        try (Wire first = upgrading(sid)) {
            assertThat(first.send("2probe").text()).isEqualTo("3probe");
            first.send("5");
            assertThat(first.send("4one").text()).isEqualTo("4one");
            try (Wire second = upgrading(sid)) {
                assertThat(second.awaitClose().code()).isEqualTo(4003);
            }
            assertThat(first.send("4two").text()).isEqualTo("4two");
        }
    }

    @Test
    void aWebSocketForAnUnknownSessionIsClosed() {
        try (Wire wire = upgrading("AAAAAAAAAAAAAAAAAAAAAA")) {
            assertThat(wire.awaitClose().code()).isEqualTo(4003);
        }
    }

    @Test
    void anUpgradeWithoutProbeFailsAndLeavesThePollingSessionAlone() {
        String sid = http.openSid();
        try (Wire wire = upgrading(sid)) {
            wire.send("5");
            assertThat(wire.awaitClose().code()).isEqualTo(4002);
        }
        assertThat(http.post(sid, "4still here").statusCode()).isEqualTo(200);
        assertThat(http.poll(sid).body()).isEqualTo("4still here");
    }

    @Test
    void anAllowedOriginMayReadTheAnswersAndAForeignOneGetsNone() {
        HttpResponse<String> allowed = withOrigin("https://allowed.example");
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://allowed.example");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Credentials"))
                .contains("true");

        HttpResponse<String> foreign = withOrigin("https://foreign.example");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(withOrigin("null").statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> withOrigin(String origin) {
        return http.send(
                HttpRequest.newBuilder(http.uri("EIO=4&transport=polling"))
                        .header("Origin", origin));
    }

    @Test
    void theOriginIsCheckedForWebSocketsToo() {
        String query = "EIO=4&transport=websocket";
        try (Wire wire = Wire.to(http.webSocketUri(query), "https://allowed.example")) {
            assertThat(wire.text()).startsWith("0{");
        }
        assertThatThrownBy(() -> Wire.to(http.webSocketUri(query), "https://foreign.example"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void aPreflightIsAnswered() {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(http.uri("EIO=4&transport=polling"))
                                .header("Origin", "https://allowed.example")
                                .header("Access-Control-Request-Method", "POST")
                                .header("Access-Control-Request-Headers", "content-type")
                                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods"))
                .contains("GET, POST");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("content-type");
    }

    @Test
    void shutdownClosesTheTransportsAndTakesNoNewSession() {
        ConformanceServer stopping =
                ConformanceServer.start(0, Duration.ofSeconds(25), Duration.ofSeconds(20));
        Http elsewhere = new Http(stopping.port(), "/engine.io/");
        String sid = elsewhere.openSid();
        CompletableFuture<HttpResponse<String>> poll = elsewhere.pollLater(sid);
        try (Wire wire = Wire.to(elsewhere.webSocketUri("EIO=4&transport=websocket"))) {
            wire.text();
            var engine = stopping.bean(com.abrohr.attendance.edge.engineio.EngineServer.class);
            engine.close();
            assertThat(wire.awaitClose()).isEqualTo(new Wire.Closed(1001, "server shutting down"));
            // The poll ends with the close packet, or with a ping that was on its way.
            assertThat(poll.orTimeout(10, TimeUnit.SECONDS).join().statusCode())
                    .isBetween(200, 400);
            assertThat(elsewhere.get("EIO=4&transport=polling").statusCode()).isEqualTo(503);
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> engine.size() == 0);
        } finally {
            stopping.close();
        }
    }
}
