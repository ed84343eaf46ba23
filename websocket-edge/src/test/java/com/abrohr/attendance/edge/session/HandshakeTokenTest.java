package com.abrohr.attendance.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.edge.engineio.Handshake;
import com.abrohr.attendance.edge.socketio.ConnectRequest;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.json.JsonMapper;

class HandshakeTokenTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            quoteCharacter = '`',
            value = {
                "{\"token\":\"a\"},     none,        a",
                "{\"token\":\"a\"},     Bearer h,    a",
                "{},                  Bearer h,    h",
                "{},                  bearer  h,   h",
                "{\"token\":null},    Bearer h,    h",
                "{\"token\":\"\"},      Bearer h,    h",
                "{\"token\":7},       Bearer h,    none",
                "{},                  Basic h,     none",
                "{},                  Bearer,      none",
                "{},                  h,           none",
                "{},                  none,        none",
            })
    void theTokenOfTheConnectWinsOverThatOfTheHeader(
            String auth, String authorization, String token) {
        var handshake = new Handshake("127.0.0.1", null, null, authorization, "");
        var request = new ConnectRequest("/", JSON.readTree(auth), handshake, _ -> true);

        assertThat(HandshakeToken.of(request)).isEqualTo(token);
    }
}
