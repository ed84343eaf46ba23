package com.abrohr.attendance.edge.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.edge.engineio.InvalidPacketException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Whatever a client sends is a packet, with or without attachments to come, or refused as none. */
class PacketFuzzTest {

    private static final int MAX_PAYLOAD = 65_536;

    static Stream<String> packets() {
        return Stream.of(
                "0",
                "0{\"token\":\"eyJhbGciOiJIUzI1NiJ9.e30.c2ln\",\"epoch\":\"e\",\"afterSeq\":\"7\"}",
                "0{\"token\":\"t\",\"pid\":\"p\",\"offset\":\"12\"}",
                "0/admin,{}",
                "0/admin",
                "1",
                "1/admin,",
                "2[\"punch_in\",{\"employeeId\":\"ana\",\"timestamp\":\"2026-11-27T08:00:00.000Z\",\"location\":{\"lat\":40.4168,\"lng\":-3.7038,\"accuracy\":12},\"commandId\":\"k\"}]",
                "217[\"punch_out\",{\"timestamp\":\"2026-11-27T17:00:00Z\"}]",
                "29007199254740991[\"message\"]",
                "29007199254740992[\"message\"]",
                "2/a?b=c,3[\"message\",null,true,1.5e3,\"\\ud800\"]",
                "2[\"connect\"]",
                "2[\"message\",1e400,-1e400,1e-400,-0.0]",
                "2[\"message\"] ",
                "2[\"message\"]]",
                "30[]",
                "3/admin,12[{\"ok\":true}]",
                "4{\"message\":\"no\"}",
                "51-[\"file\",{\"_placeholder\":true,\"num\":0}]",
                "52-/admin,7[\"file\",{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}]",
                "50-[\"file\"]",
                "517-[\"file\"]",
                "5-[\"file\"]",
                "61-9[{\"_placeholder\":true,\"num\":0}]",
                "2" + "[".repeat(MAX_PAYLOAD - 1),
                "2[\"message\"," + "9".repeat(MAX_PAYLOAD - 14) + "]",
                "2[\"message\",1e" + "9".repeat(MAX_PAYLOAD - 16) + "]",
                "2[\"message\",{" + "\"a\":1,".repeat(9_000) + "\"a\":1}]",
                "2/" + "n".repeat(MAX_PAYLOAD - 2),
                "2" + "0".repeat(MAX_PAYLOAD - 1));
    }

    @ParameterizedTest
    @MethodSource("packets")
    @Timeout(30)
    void known(String text) throws InvalidPacketException {
        aPacketMeansTheSameWhenWrittenAgainOrIsRefused(text);
    }

    // Without the known ones: they would load the parser before Jazzer can instrument it.
    @Timeout(30)
    @FuzzTest(maxDuration = "2m")
    void aPacketMeansTheSameWhenWrittenAgainOrIsRefused(@NotNull String text)
            throws InvalidPacketException {
        Packet packet;
        try {
            packet = Packet.parse(text);
        } catch (InvalidPacketException refused) {
            return;
        }

        String written = written(packet);

        // Numbers too large for a double are the text Infinity once they are written.
        assertThat(written(Packet.parse(written))).isEqualTo(written);
    }

    private static String written(Packet packet) {
        StringBuilder text = new StringBuilder();
        text.append(
                switch (packet.type()) {
                    case CONNECT -> "0";
                    case DISCONNECT -> "1";
                    case EVENT -> "2";
                    case ACK -> "3";
                    case BINARY_EVENT -> "5" + packet.attachments() + "-";
                    case BINARY_ACK -> "6" + packet.attachments() + "-";
                });
        text.append(packet.namespace()).append(',');
        if (packet.ackId() != null) {
            text.append(packet.ackId());
        }
        if (packet.data() != null) {
            text.append(Json.write(packet.data()));
        }
        return text.toString();
    }
}
