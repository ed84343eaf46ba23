package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** The Authorization header of the handshake is there for who lets clients in, and then no more. */
class AuthorizationHeaderIT {

    private static final Map<String, String> HEADER = Map.of("Authorization", "Bearer t");

    private final Http http = new Http(ConformanceServer.shared().port(), "/socket.io/");

    @Test
    void itIsForgottenWhenTheClientHasJoined() {
        try (Wire wire = opened()) {
            wire.send("40/handshake,");
            assertThat(wire.text()).startsWith("40/handshake,{");
            assertThat(wire.text()).isEqualTo("42/handshake,[\"handshake\",\"Bearer t\",\"null\"]");
        }
    }

    @Test
    void aRefusedClientThatTriesAgainNeedNotGiveItAnew() {
        try (Wire wire = opened()) {
            wire.send("40/handshake,{\"welcome\":false}");
            assertThat(wire.text()).isEqualTo("44/handshake,{\"message\":\"Bearer t\"}");
            wire.send("40/handshake,");
            assertThat(wire.text()).startsWith("40/handshake,{");
            assertThat(wire.text()).isEqualTo("42/handshake,[\"handshake\",\"Bearer t\",\"null\"]");
        }
    }

    private Wire opened() {
        Wire wire = Wire.with(HEADER, http.webSocketUri("EIO=4&transport=websocket"));
        assertThat(wire.text()).startsWith("0{");
        return wire;
    }
}
