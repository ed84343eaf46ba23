package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

/** Whatever a refused client sends, and whenever: a member of the room never hears of it. */
class RefusedConnectIT {

    private static final String BAD = "40/secured,{\"token\":\"bad\"}";
    private static final String GOOD = "40/secured,{\"token\":\"good\"}";
    private static final String REFUSAL = "44/secured,{\"message\":\"Invalid token\"}";
    private static final String PUNCH = "42/secured,[\"punch_in\",{\"from\":\"refused\"}]";
    private static final String PUNCH_WITH_ACK =
            "42/secured,7[\"punch_in\",{\"from\":\"refused\"}]";
    private static final String BINARY_PUNCH =
            "451-/secured,8[\"punch_in\",{\"_placeholder\":true,\"num\":0}]";

    private final Http http = new Http(ConformanceServer.shared().port(), "/socket.io/");
    private Wire listener;

    @BeforeEach
    void listen() {
        listener = opened().send(GOOD);
        assertThat(listener.text()).startsWith("40/secured,");
    }

    @AfterEach
    void nobodyHeardOfIt() {
        try (Wire wire = listener) {
            wire.send("42/secured,2[\"punch_in\",{\"from\":\"listener\"}]");
            assertThat(wire.text())
                    .isEqualTo("42/secured,[\"attendance_punch_in\",{\"from\":\"listener\"}]");
            assertThat(wire.text()).isEqualTo("43/secured,2[{\"ok\":true}]");
        }
    }

    private Wire opened() {
        Wire wire = Wire.to(http.webSocketUri("EIO=4&transport=websocket"));
        assertThat(wire.text()).startsWith("0{");
        return wire;
    }

    @ParameterizedTest
    @ValueSource(strings = {"40/secured,{}", "40/secured", "40/nowhere,{\"token\":\"good\"}"})
    void afterARefusalOverWebSocketNothingIsHandled(String connect) {
        String namespace = connect.contains("nowhere") ? "/nowhere" : "/secured";
        try (Wire refused = opened().send(connect)) {
            assertThat(refused.text()).startsWith("44" + namespace + ",");
            refused.send("42" + namespace + ",[\"punch_in\",{}]")
                    .send("42" + namespace + ",7[\"punch_in\",{}]");
            // The same connection may try again; its earlier events are not kept for that.
            assertThat(refused.send(GOOD).text()).startsWith("40/secured,{\"sid\":");
            refused.send("42/secured,9[\"unknown\"]").send("41/secured");
        }
    }

    @Test
    void whatIsSentBeforeTheRefusalArrivesIsNotHandledOverWebSocket() {
        try (Wire refused = opened()) {
            refused.send(BAD).send(PUNCH).send(PUNCH_WITH_ACK);
            refused.send(BINARY_PUNCH).send(new byte[] {1}).send("43/secured,0[1]");
            assertThat(refused.text()).isEqualTo(REFUSAL);
            assertThat(refused.send("40").text()).startsWith("40{");
        }
    }

    @Test
    void whatIsSentInTheSamePayloadIsNotHandledOverPolling() {
        String sid = http.openSid();
        HttpResponse<String> posted =
                http.post(
                        sid,
                        String.join("\u001e", BAD, PUNCH, PUNCH_WITH_ACK, BINARY_PUNCH, "bAQID"));
        assertThat(posted.statusCode()).isEqualTo(200);
        assertThat(http.poll(sid).body()).isEqualTo(REFUSAL);
        http.post(sid, PUNCH_WITH_ACK + "\u001e" + BINARY_PUNCH + "\u001ebAQID");
        http.post(sid, "40");
        assertThat(http.poll(sid).body()).startsWith("40{\"sid\":");
    }

    @Test
    void whatIsSentAfterAnUpgradeIsNotHandledEither() {
        String sid = http.openSid();
        http.post(sid, BAD);
        try (Wire refused = Wire.to(http.webSocketUri("EIO=4&transport=websocket&sid=" + sid))) {
            assertThat(refused.send("2probe").text()).isEqualTo("3probe");
            refused.send("5").send(PUNCH_WITH_ACK);
            assertThat(refused.text()).isEqualTo(REFUSAL);
            assertThat(refused.send("40").text()).startsWith("40{");
        }
    }

    @Test
    void aRefusedSecondNamespaceLeavesTheFirstAlone() {
        try (Wire wire = opened().send("40")) {
            wire.text();
            wire.text();
            assertThat(wire.send(BAD).text()).isEqualTo(REFUSAL);
            wire.send(PUNCH_WITH_ACK).send(BINARY_PUNCH).send(new byte[] {1});
            assertThat(wire.send("42[\"message\",1]").text()).isEqualTo("42[\"message-back\",1]");
            assertThat(wire.send("40/nowhere").text()).startsWith("44/nowhere,");
            assertThat(wire.send("421[\"message-with-ack\",2]").text()).isEqualTo("431[2]");
        }
    }

    @Test
    void aClientThatLeftIsNotHandledAfterARefusalEither() {
        try (Wire wire = opened().send(GOOD)) {
            wire.text();
            wire.send("41/secured");
            assertThat(wire.send(BAD).text()).isEqualTo(REFUSAL);
            wire.send(PUNCH_WITH_ACK);
            assertThat(wire.send("40").text()).startsWith("40{");
        }
    }

    @Test
    void refusedNamesAreKeptUpToABoundOnly() {
        try (Wire wire = opened()) {
            for (int i = 0; i < 40; i++) {
                assertThat(wire.send("40/nowhere" + i).text()).startsWith("44/nowhere" + i + ",");
            }
            wire.send("42/nowhere39,[\"message\"]");
            assertThat(wire.awaitClose().code()).isEqualTo(4002);
        }
    }
}
