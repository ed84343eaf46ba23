package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The way of a session from polling to a WebSocket. */
class UpgradeIT {

    private static final Pattern SEPARATOR = Pattern.compile("\u001e");

    private final Http http = new Http(ConformanceServer.shared().port(), "/engine.io/");

    private Wire upgrading(String sid) {
        return Wire.to(http.webSocketUri("EIO=4&transport=websocket&sid=" + sid));
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
    void aPollThatWaitedBeforeTheProbeIsEndedByIt() {
        String sid = http.openSid();
        CompletableFuture<HttpResponse<String>> poll = http.pollLater(sid);
        try (Wire wire = upgrading(sid)) {
            assertThat(wire.send("2probe").text()).isEqualTo("3probe");
            assertThat(poll.orTimeout(10, TimeUnit.SECONDS).join().body()).isEqualTo("6");
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

    /** As a client does it: it goes on posting and polling until its probe is answered. */
    @Test
    void nothingIsLostDoubledOrReorderedWhileBothDirectionsAreBusy() {
        for (int round = 0; round < 10; round++) {
            String sid = http.openSid();
            List<String> sent = new ArrayList<>();
            List<String> received = new ArrayList<>();
            CompletableFuture<Void> polling =
                    CompletableFuture.runAsync(() -> pollUntilNoop(sid, received));
            post(sid, sent);
            try (Wire wire = upgrading(sid)) {
                post(sid, sent);
                wire.send("2probe");
                post(sid, sent);
                assertThat(wire.text()).isEqualTo("3probe");
                post(sid, sent);
                polling.orTimeout(10, TimeUnit.SECONDS).join();
                post(sid, sent);
                wire.send("5");
                for (int i = 0; i < 5; i++) {
                    sent.add("4" + sent.size());
                    wire.send(sent.getLast());
                }
                while (received.size() < sent.size()) {
                    received.add(wire.text());
                }
                assertThat(wire.send("4marker").text()).isEqualTo("4marker");
            }
            assertThat(received).isEqualTo(sent);
        }
    }

    private void post(String sid, List<String> sent) {
        String one = "4" + sent.size();
        String other = "4" + (sent.size() + 1);
        assertThat(http.post(sid, one + "\u001e" + other).statusCode()).isEqualTo(200);
        sent.add(one);
        sent.add(other);
    }

    private void pollUntilNoop(String sid, List<String> received) {
        while (true) {
            HttpResponse<String> answer = http.poll(sid);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            List<String> packets = List.of(SEPARATOR.split(answer.body()));
            if (packets.equals(List.of("6"))) {
                return;
            }
            received.addAll(packets);
        }
    }

    @Test
    void aSecondWebSocketForASessionIsClosedAndTheFirstLivesOn() {
        String sid = http.openSid();
        try (Wire first = upgrading(sid)) {
            assertThat(first.send("2probe").text()).isEqualTo("3probe");
            try (Wire rival = upgrading(sid)) {
                assertThat(rival.awaitClose().code()).isEqualTo(4003);
            }
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
        stillPolls(sid);
    }

    @Test
    void aMessageBeforeTheUpgradeIsCompleteIsNotHandled() {
        String sid = http.openSid();
        try (Wire wire = upgrading(sid)) {
            wire.send("2probe").text();
            wire.send("4smuggled");
            assertThat(wire.awaitClose().code()).isEqualTo(4002);
        }
        stillPolls(sid);
    }

    @Test
    void aSessionWhoseUpgradeWasGivenUpMayTryAgain() {
        String sid = http.openSid();
        try (Wire wire = upgrading(sid)) {
            wire.send("2probe").text();
            wire.send("6");
            wire.awaitClose();
        }
        stillPolls(sid);
        try (Wire wire = upgrading(sid)) {
            assertThat(wire.send("2probe").text()).isEqualTo("3probe");
            wire.send("5");
            assertThat(wire.send("4hello").text()).isEqualTo("4hello");
        }
    }

    @Test
    void aSessionThatIsClosedTakesTheWebSocketThatWasOnItsWayWithIt() {
        String sid = http.openSid();
        try (Wire wire = upgrading(sid)) {
            wire.send("2probe").text();
            http.post(sid, "1");
            assertThat(wire.awaitClose().code()).isEqualTo(1000);
        }
        assertThat(http.post(sid, "4x").statusCode()).isEqualTo(400);
    }

    private void stillPolls(String sid) {
        assertThat(http.post(sid, "4still here").statusCode()).isEqualTo(200);
        assertThat(http.poll(sid).body()).isEqualTo("4still here");
    }
}
