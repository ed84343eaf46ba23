package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.edge.engineio.EngineServer;
import com.abrohr.attendance.edge.socketio.SocketIoServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How a server goes: clients are let go as by a broken network, and come back elsewhere. */
class ShutdownIT {

    private static final Wire.Closed SHUTTING_DOWN = new Wire.Closed(1001, "server shutting down");

    private ConformanceServer server;
    private Http http;

    @BeforeEach
    void start() {
        server = ConformanceServer.start(0, ConformanceServer::patient);
        http = new Http(server.port(), "/socket.io/");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Wire joined() {
        Wire wire = Wire.to(http.webSocketUri("EIO=4&transport=websocket"));
        wire.text();
        wire.send("40");
        wire.text();
        wire.text();
        return wire;
    }

    @Test
    void theTransportsAreClosedWithoutADisconnectAndNobodyNewIsTaken() {
        String sid = http.openSid();
        http.post(sid, "40");
        assertThat(http.poll(sid).body()).contains("40{");
        CompletableFuture<HttpResponse<String>> poll = http.pollLater(sid);
        try (Wire wire = joined()) {
            SocketIoServer socketIo = server.bean(SocketIoServer.class);
            socketIo.close();

            assertThat(wire.awaitClose()).isEqualTo(SHUTTING_DOWN);
            assertThat(wire.arrivedNothing()).isTrue();
            HttpResponse<String> ended = poll.orTimeout(10, TimeUnit.SECONDS).join();
            // The poll may have come the moment after; it hears the same then.
            if (ended.statusCode() == 200) {
                assertThat(ended.body()).isEqualTo("1");
                ended = http.poll(sid);
            }
            assertThat(ended.statusCode()).isEqualTo(400);
            assertThat(ended.body())
                    .contains("\"reason\":{\"code\":1001,\"text\":\"server shutting down\"}");
            assertThat(socketIo.connections()).isZero();

            HttpResponse<String> refused = http.get("EIO=4&transport=polling");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(Http.JSON.readTree(refused.body()).path("code").asInt()).isEqualTo(6);
            assertThatThrownBy(() -> joined())
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
        }
    }

    @Test
    void aServerThatIsStoppedAsAWholeSaysTheSame() {
        try (Wire wire = joined()) {
            server.close();
            assertThat(wire.awaitClose()).isEqualTo(SHUTTING_DOWN);
        }
    }

    @Test
    void whatWasSentBeforeStillArrives() {
        try (Wire wire = joined()) {
            String message = "x".repeat(200_000);
            wire.send("42[\"message\",\"" + message + "\"]").send("421[\"message-with-ack\"]");
            assertThat(wire.text()).hasSizeGreaterThan(200_000);
            assertThat(wire.text()).isEqualTo("431[]");
            server.close();
            assertThat(wire.awaitClose()).isEqualTo(SHUTTING_DOWN);
        }
    }

    @Test
    void aClientThatReadsNothingHoldsNothingUp() throws Exception {
        EngineServer engine = server.bean(EngineServer.class);
        try (BareSocket stalled =
                new BareSocket(server.port(), "/engine.io/?EIO=4&transport=websocket", 4_096)) {
            // What it sends comes back, until nothing more fits into the buffers between the two.
            byte[] message =
                    ("4" + "x".repeat(60_000)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            Thread sender = Thread.ofVirtual().start(() -> sendUntilItBreaks(stalled, message));
            await().until(() -> engine.queuedBytes() > 1_000_000);
            long before = System.nanoTime();
            server.close();
            // The phases of a stop have 30 s each; a client that is let go needs a second.
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(Duration.ofSeconds(20));
            assertThat(sender.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    /** It waits for ever, because the server reads no more of a client that does not read. */
    private static void sendUntilItBreaks(BareSocket socket, byte[] message) {
        try {
            while (true) {
                socket.send(BareSocket.LAST | BareSocket.TEXT, message);
            }
        } catch (IOException e) {
            // The server has closed.
        }
    }
}
