package com.abrohr.attendance.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whatever a client sends is a list of packets or refused as none. */
class InboundPacketFuzzTest {

    private static final int MAX_PAYLOAD = 65_536;

    static Stream<String> payloads() {
        return Stream.of(
                "1",
                "2probe",
                "2",
                "3",
                "3probe",
                "4",
                "40{\"token\":\"eyJhbGciOiJIUzI1NiJ9.e30.c2ln\"}",
                "42[\"punch_in\",{\"timestamp\":\"2026-11-27T08:00:00.000Z\"}]\u001e3\u001e41",
                "5",
                "6",
                "0{\"sid\":\"x\"}",
                "bAQIDBA==",
                "bAQIDBA",
                "bAQID\r\nBA==\u001e451-[\"x\",{\"_placeholder\":true,\"num\":0}]",
                "b=",
                "b\n",
                "bé",
                "4\ud83d\ude00\u0000",
                "\u001e",
                "4a\u001e",
                "\u001e".repeat(MAX_PAYLOAD),
                "4\u001e".repeat(MAX_PAYLOAD / 2 - 1) + "4",
                "b" + "A".repeat(MAX_PAYLOAD - 1),
                "b" + "\n".repeat(MAX_PAYLOAD - 1));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    @Timeout(30)
    void known(String payload) throws InvalidPacketException {
        aPayloadIsPacketsThatMeanTheSameWhenWrittenAgainOrIsRefused(payload);
    }

    // Without the known ones: they would load the parser before Jazzer can instrument it.
    @Timeout(30)
    @FuzzTest(maxDuration = "2m")
    void aPayloadIsPacketsThatMeanTheSameWhenWrittenAgainOrIsRefused(@NotNull String payload)
            throws InvalidPacketException {
        List<InboundPacket> packets;
        try {
            packets = InboundPacket.parsePayload(payload);
        } catch (InvalidPacketException refused) {
            return;
        }
        String written = written(packets);

        assertThat(written(InboundPacket.parsePayload(written))).isEqualTo(written);
        assertThat(packets).hasSize(payload.split("\u001e", -1).length);
    }

    private static String written(List<InboundPacket> packets) {
        return packets.stream()
                .map(InboundPacketFuzzTest::written)
                .collect(Collectors.joining("\u001e"));
    }

    private static String written(InboundPacket packet) {
        return switch (packet) {
            case InboundPacket.Close _ -> "1";
            case InboundPacket.Probe _ -> "2probe";
            case InboundPacket.Pong _ -> "3";
            case InboundPacket.Text(String data) -> "4" + data;
            case InboundPacket.Upgrade _ -> "5";
            case InboundPacket.Noop _ -> "6";
            case InboundPacket.Binary(byte[] data) ->
                    "b" + Base64.getEncoder().encodeToString(data);
        };
    }
}
