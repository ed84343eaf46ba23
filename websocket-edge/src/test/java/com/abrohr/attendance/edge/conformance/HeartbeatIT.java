package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;

/** The heartbeat of both transports, with a ping every 300 ms. */
class HeartbeatIT {

    private static ConformanceServer server;
    private static Http http;

    @BeforeAll
    static void start() {
        server = ConformanceServer.start(0, Duration.ofMillis(300), Duration.ofMillis(1_500));
        http = new Http(server.port(), "/engine.io/");
    }

    @AfterAll
    static void stop() {
        server.close();
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
}
