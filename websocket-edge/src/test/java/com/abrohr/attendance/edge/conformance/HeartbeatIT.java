package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.edge.engineio.EngineServer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;

/** The heartbeat of both transports, with a ping every 300 ms, and what else has its time. */
class HeartbeatIT {

    private static ConformanceServer server;
    private static Http http;
    private static Http socketIo;

    @BeforeAll
    static void start() {
        server = server(Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofSeconds(10));
        http = new Http(server.port(), "/engine.io/");
        socketIo = new Http(server.port(), "/socket.io/");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ConformanceServer server(
            Duration pingInterval, Duration pingTimeout, Duration upgradeTimeout) {
        return ConformanceServer.start(
                0,
                before ->
                        before.withHeartbeat(pingInterval, pingTimeout)
                                .withConnectTimeout(Duration.ofSeconds(5))
                                .withUpgradeTimeout(upgradeTimeout));
    }

    private static Wire webSocket() {
        return Wire.to(http.webSocketUri("EIO=4&transport=websocket"));
    }

    @Test
    void theServerPingsAPollingClientThatAnswers() {
        String sid = http.openSid();
        for (int i = 0; i < 3; i++) {
            assertThat(http.poll(sid).body()).isEqualTo("2");
            assertThat(http.post(sid, "3").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPollingClientThatDoesNotAnswerIsGivenUp() {
        String sid = http.openSid();
        assertThat(http.poll(sid).body()).isEqualTo("2");
        assertThat(http.poll(sid).body()).isEqualTo("1");
        HttpResponse<String> after = http.poll(sid);
        assertThat(after.statusCode()).isEqualTo(400);
        assertThat(after.body()).contains("4000");
    }

    @Test
    void aPollingClientThatNeverPollsIsGivenUpToo() {
        String sid = http.openSid();
        EngineServer engine = server.bean(EngineServer.class);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> engine.size() == 0);
        HttpResponse<String> after = http.poll(sid);
        assertThat(after.statusCode()).isEqualTo(400);
        assertThat(after.body()).contains("4000");
    }

    @Test
    void theServerPingsAWebSocketThatAnswers() {
        try (Wire wire = webSocket().ignoringPings()) {
            wire.text();
            for (int i = 0; i < 3; i++) {
                assertThat(wire.text()).isEqualTo("2");
                wire.send("3");
            }
            assertThat(wire.isClosed()).isFalse();
        }
    }

    @Test
    void aWebSocketThatDoesNotAnswerIsGivenUp() {
        try (Wire wire = webSocket().ignoringPings()) {
            wire.text();
            assertThat(wire.text()).isEqualTo("2");
            assertThat(wire.awaitClose()).isEqualTo(new Wire.Closed(4000, "ping timeout"));
        }
    }

    @Test
    void theHeartbeatGoesOnAfterAnUpgrade() {
        String sid = http.openSid();
        try (Wire wire = upgrading(http, sid).ignoringPings()) {
            wire.send("2probe").text();
            wire.send("5");
            assertThat(wire.text()).isEqualTo("2");
            wire.send("3");
            assertThat(wire.text()).isEqualTo("2");
            assertThat(wire.awaitClose().code()).isEqualTo(4000);
        }
    }

    @Test
    void aWebSocketThatDoesNotCompleteItsUpgradeIsClosedAndPollingGoesOn() {
        try (ConformanceServer hasty =
                server(Duration.ofSeconds(25), Duration.ofSeconds(20), Duration.ofSeconds(3))) {
            Http polling = new Http(hasty.port(), "/engine.io/");
            String sid = polling.openSid();
            try (Wire wire = upgrading(polling, sid)) {
                assertThat(wire.send("2probe").text()).isEqualTo("3probe");
                assertThat(wire.awaitClose())
                        .isEqualTo(new Wire.Closed(4008, "upgrade not completed in time"));
            }
            assertThat(polling.post(sid, "4still here").statusCode()).isEqualTo(200);
            assertThat(polling.poll(sid).body()).contains("4still here");
        }
    }

    private static Wire upgrading(Http polling, String sid) {
        return Wire.to(polling.webSocketUri("EIO=4&transport=websocket&sid=" + sid));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "40/secured,{\"token\":\"bad\"}", "40/nowhere"})
    void aConnectionThatJoinsNothingIsClosed(String connect) {
        try (Wire wire = socketIoWire()) {
            if (!connect.isEmpty()) {
                wire.send(connect);
            }
            assertThat(wire.awaitClose())
                    .isEqualTo(new Wire.Closed(4001, "no namespace joined in time"));
        }
    }

    @Test
    void aConnectionThatLeftEveryNamespaceIsClosed() {
        try (Wire wire = socketIoWire().send("40").send("41")) {
            assertThat(wire.awaitClose().code()).isEqualTo(4001);
        }
    }

    @Test
    void aPollingConnectionThatJoinsNothingIsClosed() {
        String sid = socketIo.openSid();
        HttpResponse<String> answer = socketIo.poll(sid);
        while (answer.body().equals("2")) {
            socketIo.post(sid, "3");
            answer = socketIo.poll(sid);
        }
        // Its open request ends with the close packet, a request that came after that is refused.
        if (answer.statusCode() == 200) {
            assertThat(answer.body()).isEqualTo("1");
            answer = socketIo.poll(sid);
        }
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("4001");
    }

    private static Wire socketIoWire() {
        Wire wire = Wire.to(socketIo.webSocketUri("EIO=4&transport=websocket"));
        assertThat(wire.text()).startsWith("0{");
        return wire;
    }
}
