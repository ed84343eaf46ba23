package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.edge.engineio.EngineServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Engine.IO v4 over a real Tomcat, against the echo of the {@link ConformanceServer}. */
class EngineIoIT {

    private final ConformanceServer server = ConformanceServer.shared();
    private final Http http = new Http(server.port(), "/engine.io/");

    private Wire webSocket() {
        return Wire.to(http.webSocketUri("EIO=4&transport=websocket"));
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
    @CsvSource(
            delimiter = ' ',
            value = {
                "transport=polling 5",
                "EIO=abc&transport=polling 5",
                "EIO=3&transport=polling 5",
                "EIO=4 0",
                "EIO=4&transport=abc 0",
                "EIO=4&transport=websocket 3",
                "EIO=4&transport=polling&j=0 3",
                "EIO=4&transport=polling&sid=unknown 1",
                "EIO=4&transport=polling&sid= 1"
            })
    void aRequestThatIsNotOfTheProtocolIsRefused(String query, int code) {
        HttpResponse<String> answer = http.get(query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Http.JSON.readTree(answer.body()).path("code").asInt()).isEqualTo(code);
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
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "HEAD"})
    void onlyAGetOpensASession(String method) {
        int before = server.bean(EngineServer.class).size();
        assertThat(with(method, "EIO=4&transport=polling")).isEqualTo(400);
        assertThat(server.bean(EngineServer.class).size()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "HEAD"})
    void aSessionIsUsedByGetAndPostOnly(String method) {
        String sid = http.openSid();
        assertThat(with(method, "EIO=4&transport=polling&sid=" + sid)).isEqualTo(400);
        assertThat(http.post(sid, "4still here").statusCode()).isEqualTo(200);
        assertThat(http.poll(sid).body()).isEqualTo("4still here");
    }

    private int with(String method, String query) {
        return http.send(
                        HttpRequest.newBuilder(http.uri(query))
                                .method(method, BodyPublishers.noBody()))
                .statusCode();
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
    void aBodyOfExactlyTheLimitIsTaken() {
        String sid = http.openSid();
        String message = "4" + "x".repeat(999_999);
        assertThat(http.post(sid, message).statusCode()).isEqualTo(200);
        assertThat(http.poll(sid).body()).isEqualTo(message);
    }

    @Test
    void aBodyOfManyMessagesMayBeLargerThanOneMessage() {
        String sid = http.openSid();
        String messages = "4" + "x".repeat(509_999) + "\u001e4" + "y".repeat(509_999);

        assertThat(http.post(sid, messages).statusCode()).isEqualTo(200);

        assertThat(http.poll(sid).body()).isEqualTo(messages);
    }

    @Test
    void aPollBringsNoMoreThanSixteenMessages() {
        String sid = http.openSid();
        List<String> sent = IntStream.range(0, 40).mapToObj(i -> "4" + i).toList();
        http.post(sid, String.join("\u001e", sent));

        assertThat(http.poll(sid).body().split("\u001e")).isEqualTo(part(sent, 0, 16));
        assertThat(http.poll(sid).body().split("\u001e")).isEqualTo(part(sent, 16, 32));
        assertThat(http.poll(sid).body().split("\u001e")).isEqualTo(part(sent, 32, 40));
    }

    private static String[] part(List<String> sent, int from, int to) {
        return sent.subList(from, to).toArray(String[]::new);
    }

    @Test
    void aBodyThatDoesNotTellItsLengthIsBoundedToo() {
        String sid = http.openSid();
        byte[] body = ("4" + "x".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(http.uri("EIO=4&transport=polling&sid=" + sid))
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(body))));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(http.poll(sid).body()).contains("1009");
    }

    @Test
    void aBodyThatIsSaidToBeBinaryIsRefused() {
        String sid = http.openSid();
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(http.uri("EIO=4&transport=polling&sid=" + sid))
                                .header("Content-Type", "application/octet-stream")
                                .POST(BodyPublishers.ofString("4hello")));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(http.poll(sid).body()).contains("4002");
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

    /** The two requests cross: whichever comes first, the poll ends in good order. */
    @Test
    void aPollThatCrossesTheClientsCloseIsEndedToo() {
        for (int i = 0; i < 100; i++) {
            String sid = http.openSid();
            CompletableFuture<HttpResponse<String>> poll = http.pollLater(sid);
            http.post(sid, "1");
            HttpResponse<String> ended = poll.orTimeout(10, TimeUnit.SECONDS).join();
            assertThat(ended.statusCode()).as(ended.body()).isEqualTo(200);
            assertThat(ended.body()).isEqualTo("6");
        }
    }

    @Test
    void onlyOnePollIsOwedToAClientThatHasClosed() {
        String sid = http.openSid();
        http.post(sid, "1");
        assertThat(http.poll(sid).body()).isEqualTo("6");
        HttpResponse<String> second = http.poll(sid);
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body()).contains("1000");
    }

    @Test
    void aSidIsWorthNothingAfterItsSessionHasEnded() {
        String sid = http.openSid();
        http.post(sid, "1");
        assertThat(http.post(sid, "4x").statusCode()).isEqualTo(400);
        try (Wire wire = Wire.to(http.webSocketUri("EIO=4&transport=websocket&sid=" + sid))) {
            assertThat(wire.awaitClose().code()).isEqualTo(4003);
        }
    }

    @Test
    void whatFollowsACloseInTheSamePayloadIsNotHandled() {
        String sid = http.openSid();
        assertThat(http.post(sid, "1\u001e4too late").statusCode()).isEqualTo(200);
        assertThat(http.poll(sid).body()).isEqualTo("6");
    }

    @Test
    void aWebSocketSessionIsNotServedByPolling() {
        try (Wire wire = webSocket()) {
            String sid = Http.JSON.readTree(wire.text().substring(1)).path("sid").asString();
            assertThat(http.poll(sid).statusCode()).isEqualTo(400);
            assertThat(http.post(sid, "4smuggled").statusCode()).isEqualTo(400);
            assertThat(wire.send("4mine").text()).isEqualTo("4mine");
        }
    }

    @Test
    void aWebSocketClientThatClosesIsClosed() {
        try (Wire wire = webSocket()) {
            wire.text();
            wire.send("1");
            assertThat(wire.awaitClose().code()).isEqualTo(1000);
        }
    }
}
