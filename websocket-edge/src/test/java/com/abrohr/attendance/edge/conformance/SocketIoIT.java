package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

/** Socket.IO v5 over a real Tomcat, against the {@link ConformanceServer}. */
class SocketIoIT {

    private final ConformanceServer server = ConformanceServer.shared();
    private final Http http = new Http(server.port(), "/socket.io/");

    private Wire opened() {
        Wire wire = Wire.to(http.webSocketUri("EIO=4&transport=websocket"));
        wire.text();
        return wire;
    }

    private Wire joined() {
        Wire wire = opened().send("40");
        wire.text();
        wire.text();
        return wire;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "40 40 42[\"auth\",{}]",
                "40{\"token\":\"123\"} 40 42[\"auth\",{\"token\":\"123\"}]",
                "40/custom, 40/custom, 42/custom,[\"auth\",{}]",
                "40/custom 40/custom, 42/custom,[\"auth\",{}]",
                "40/custom,{\"a\":1} 40/custom, 42/custom,[\"auth\",{\"a\":1}]"
            })
    void aClientJoinsANamespaceWithItsPayload(String connect, String prefix, String auth) {
        try (Wire wire = opened().send(connect)) {
            String answer = wire.text();
            assertThat(answer).startsWith(prefix);
            JsonNode payload = Http.JSON.readTree(answer.substring(prefix.length()));
            assertThat(payload.propertyNames()).containsExactly("sid");
            assertThat(payload.path("sid").asString()).isNotEmpty();
            assertThat(wire.text()).isEqualTo(auth);
        }
    }

    @Test
    void anUnknownNamespaceIsRefused() {
        try (Wire wire = opened().send("40/random")) {
            assertThat(wire.text()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40/secured,|Authentication token required",
                "40/secured,{\"token\":\"\"}|Authentication token required",
                "40/secured,{\"token\":7}|Authentication token required",
                "40/secured,{\"token\":\"bad\"}|Invalid token"
            })
    void aRefusedClientHearsWhy(String connect, String message) {
        try (Wire wire = opened().send(connect)) {
            assertThat(wire.text()).isEqualTo("44/secured,{\"message\":\"" + message + "\"}");
        }
    }

    @Test
    void whatARoomHearsWhileAClientJoinsArrivesAfterItsConnectPacket() {
        try (Wire wire = opened().send("40/greeting,")) {
            assertThat(wire.text()).startsWith("40/greeting,{\"sid\":");
            assertThat(wire.text()).isEqualTo("42/greeting,[\"greeting\"]");
        }
    }

    @Test
    void aRefusedClientMayTryAgain() {
        try (Wire wire = opened().send("40/secured,{\"token\":\"bad\"}")) {
            wire.text();
            wire.send("40/secured,{\"token\":\"good\"}");
            assertThat(wire.text()).startsWith("40/secured,{\"sid\":");
        }
    }

    @Test
    void leavingOneNamespaceLeavesTheOthersAlone() {
        try (Wire wire = joined().send("40/custom")) {
            wire.text();
            wire.text();
            wire.send("41/custom").send("42/custom,[\"message\",\"too late\"]");
            wire.send("42[\"message\",\"to the main one\"]");
            assertThat(wire.text()).isEqualTo("42[\"message-back\",\"to the main one\"]");
        }
    }

    @Test
    void anEventIsAnswered() {
        try (Wire wire = joined().send("42[\"message\",1,\"2\",{\"3\":[true]}]")) {
            assertThat(wire.text()).isEqualTo("42[\"message-back\",1,\"2\",{\"3\":[true]}]");
        }
    }

    @Test
    void anAcknowledgementCarriesTheIdOfItsEvent() {
        try (Wire wire = joined().send("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]")) {
            assertThat(wire.text()).isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
        }
    }

    @Test
    void binaryTravelsBesideItsEvent() {
        String placeholders =
                "[\"message\",{\"_placeholder\":true,\"num\":0},"
                        + "{\"deep\":[{\"_placeholder\":true,\"num\":1}]}]";
        try (Wire wire = joined().send("452-" + placeholders)) {
            wire.send(new byte[] {1, 2, 3}).send(new byte[] {4, 5});
            assertThat(wire.text())
                    .isEqualTo("452-" + placeholders.replace("message", "message-back"));
            assertThat(wire.binary()).containsExactly(1, 2, 3);
            assertThat(wire.binary()).containsExactly(4, 5);
        }
    }

    @Test
    void binaryTravelsBesideItsAcknowledgement() {
        try (Wire wire =
                joined().send("451-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]")) {
            wire.send(new byte[] {9});
            assertThat(wire.text()).isEqualTo("461-789[{\"_placeholder\":true,\"num\":0}]");
            assertThat(wire.binary()).containsExactly(9);
        }
    }

    @Test
    void binaryWorksOverPollingWithWrappedLines() {
        String sid = http.openSid();
        http.post(sid, "40");
        String first = http.poll(sid).body();
        assertThat(first).contains("42[\"auth\",{}]");
        http.post(sid, "451-[\"message\",{\"_placeholder\":true,\"num\":0}]\u001ebAQID\r\nBAUG");
        assertThat(http.poll(sid).body())
                .isEqualTo(
                        "451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBAUG");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4abc",
                "4",
                "42{}",
                "42",
                "42[]",
                "42[1]",
                "42[\"connect\"]",
                "42abc[\"message-with-ack\",1]",
                "42[\"message\"",
                "42[\"message\"] []",
                "429999999999999999999[\"message\"]",
                "40",
                "44{\"message\":\"x\"}",
                "43[1]",
                "41{}",
                "45-[\"message\"]",
                "4599-[\"message\"]",
                "42/never,[\"message\"]",
                "42[\"raw \u0000\"]",
                "42 ",
                "41/never",
                "451-[\"message\",{\"_placeholder\":true,\"num\":0}]\u001e"
            })
    void whatIsNotOfTheProtocolClosesTheConnection(String packet) {
        try (Wire wire = joined()) {
            wire.send(packet);
            assertThat(wire.awaitClose().code()).isEqualTo(4002);
        }
    }

    @Test
    void aPlaceholderMustPointToAnAttachment() {
        try (Wire wire = joined().send("451-[\"message\",{\"_placeholder\":true,\"num\":3}]")) {
            wire.send(new byte[] {1});
            assertThat(wire.awaitClose().code()).isEqualTo(4002);
        }
    }

    @Test
    void anAttachmentMustBelongToAnEvent() {
        try (Wire wire = joined().send(new byte[] {1})) {
            assertThat(wire.awaitClose().code()).isEqualTo(4002);
        }
    }

    @Test
    void anAttachmentMayStandInOnePlaceOnly() {
        String twice =
                "451-[\"message\",{\"_placeholder\":true,\"num\":0},"
                        + "{\"_placeholder\":true,\"num\":0}]";
        try (Wire wire = joined().send(twice).send(new byte[] {1})) {
            assertThat(wire.awaitClose().code()).isEqualTo(4002);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"16", "17", "2147483648", "99999999999999999999"})
    void anEventHasSixteenAttachmentsAtMost(String count) {
        try (Wire wire = joined().send("45" + count + "-[\"message\"]")) {
            if (count.equals("16")) {
                for (int i = 0; i < 16; i++) {
                    wire.send(new byte[] {1});
                }
                assertThat(wire.text()).isEqualTo("42[\"message-back\"]");
            } else {
                assertThat(wire.awaitClose().code()).isEqualTo(4002);
            }
        }
    }

    @Test
    void textInsteadOfAnAttachmentIsInvalid() {
        String event = "451-[\"message\",{\"_placeholder\":true,\"num\":0}]";
        try (Wire wire = joined().send(event).send("42[\"message\"]")) {
            assertThat(wire.awaitClose().code()).isEqualTo(4002);
        }
    }

    /** 2^53 - 1 is the largest number that every client can hold. */
    @ParameterizedTest
    @CsvSource({
        "0,true",
        "9007199254740991,true",
        "9007199254740992,false",
        "9223372036854775808,false",
        "18446744073709551617,false"
    })
    void anAcknowledgementIdHasItsBound(String id, boolean taken) {
        try (Wire wire = joined().send("42" + id + "[\"message-with-ack\",1]")) {
            if (taken) {
                assertThat(wire.text()).isEqualTo("43" + id + "[1]");
            } else {
                assertThat(wire.awaitClose().code()).isEqualTo(4002);
            }
        }
    }

    @Test
    void anAnswerThatNobodyAskedForIsDropped() {
        try (Wire wire = joined().send("430[1]").send("4312345[1]")) {
            assertThat(wire.send("42[\"message\"]").text()).isEqualTo("42[\"message-back\"]");
        }
    }

    @Test
    void aNamespaceWithoutBinaryRefusesIt() {
        try (Wire wire = opened().send("40/secured,{\"token\":\"good\"}")) {
            wire.text();
            wire.send("451-/secured,[\"punch_in\",{\"_placeholder\":true,\"num\":0}]");
            assertThat(wire.awaitClose().code()).isEqualTo(4007);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                // Half of a surrogate pair is no character: UTF-8 cannot carry it.
                "\"\\ud800\" \"\uFFFD\"",
                "\"a\\udc00b\" \"a\uFFFDb\"",
                "\"\\ude00\\ud83d\" \"\uFFFD\uFFFD\"",
                "\"\\ud83d\\ude00\" \"\uD83D\uDE00\"",
                "\"\\u0000\" \"\\u0000\"",
                "{\"\\ud800\":1} {\"\uFFFD\":1}"
            })
    void oddCharactersHarmNobody(String sent, String received) {
        try (Wire wire = joined().send("42[\"message\"," + sent + "]")) {
            assertThat(wire.text()).isEqualTo("42[\"message-back\"," + received + "]");
        }
        String sid = http.openSid();
        http.post(sid, "40");
        http.poll(sid);
        http.post(sid, "42[\"message\"," + sent + "]");
        assertThat(http.poll(sid).body()).isEqualTo("42[\"message-back\"," + received + "]");
    }

    @Test
    void aNumberBeyondEveryRangeHarmsNobody() {
        try (Wire wire = joined().send("42[\"message\",1e400,-1e400,1e-400]")) {
            assertThat(wire.text()).startsWith("42[\"message-back\",");
            assertThat(wire.send("42[\"message\",1]").text()).isEqualTo("42[\"message-back\",1]");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {62, 63})
    void aPayloadMayBeSixtyFourDeep(int depth) {
        String nested = "[".repeat(depth) + "]".repeat(depth);
        try (Wire wire = joined().send("42[\"message\"," + nested + "]")) {
            assertThat(wire.text()).isEqualTo("42[\"message-back\"," + nested + "]");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65})
    void aPayloadDeeperThanThatIsInvalid(int depth) {
        String nested = "[".repeat(depth) + "]".repeat(depth);
        try (Wire wire = joined().send("42[\"message\"," + nested + "]")) {
            assertThat(wire.awaitClose().code()).isEqualTo(4002);
        }
    }

    @Test
    void aVeryDeepPayloadIsInvalid() {
        try (Wire wire = joined()) {
            wire.send("42[\"message\"," + "[".repeat(5_000) + "]".repeat(5_000) + "]");
            assertThat(wire.awaitClose().code()).isEqualTo(4002);
        }
    }
}
