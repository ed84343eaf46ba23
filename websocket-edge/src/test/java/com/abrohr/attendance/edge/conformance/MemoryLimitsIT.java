package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.edge.engineio.ClientIdentity;
import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.engineio.EngineIoSettings;
import com.abrohr.attendance.edge.engineio.EngineLimits;
import com.abrohr.attendance.edge.engineio.EngineServer;
import com.abrohr.attendance.edge.engineio.TestSettings;
import com.abrohr.attendance.edge.socketio.Ack;
import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.ConnectRequest;
import com.abrohr.attendance.edge.socketio.ConnectResponse;
import com.abrohr.attendance.edge.socketio.Namespace;
import com.abrohr.attendance.edge.socketio.NamespaceHandler;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.edge.socketio.SocketIoServer;
import com.abrohr.attendance.edge.socketio.SocketIoTransportConfiguration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.unit.DataSize;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How much memory unauthenticated clients and one person can take. */
class MemoryLimitsIT {

    private static final int KIBI = 1 << 10;
    private static final int UNAUTHENTICATED_BYTES = 1_000 * KIBI;
    private static final int PERSON_BYTES = 500 * KIBI;
    private static final int PER_PERSON = 5;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private ServletWebServerApplicationContext context;
    private Http http;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(SocketIoTransportConfiguration.class)
    static class Application {}

    @BeforeEach
    void start() {
        EngineIoSettings settings =
                new TestSettings()
                        .withConnectTimeout(Duration.ofSeconds(5))
                        .withLimits(
                                new EngineLimits(
                                        1_000,
                                        1_000,
                                        PER_PERSON,
                                        100,
                                        80,
                                        100,
                                        100,
                                        DataSize.ofKilobytes(4_000),
                                        DataSize.ofBytes(UNAUTHENTICATED_BYTES),
                                        DataSize.ofBytes(UNAUTHENTICATED_BYTES),
                                        DataSize.ofKilobytes(1_000),
                                        DataSize.ofBytes(PERSON_BYTES),
                                        DataSize.ofKilobytes(1_000),
                                        DataSize.ofKilobytes(64),
                                        DataSize.ofKilobytes(128)))
                        .build();
        SpringApplication application = new SpringApplication(Application.class);
        application.setDefaultProperties(
                Map.of(
                        "server.port",
                        0,
                        "spring.main.banner-mode",
                        "off",
                        "spring.threads.virtual.enabled",
                        true,
                        "logging.level.root",
                        "WARN"));
        application.addInitializers(
                before ->
                        ((GenericApplicationContext) before)
                                .registerBean(
                                        SocketIoServer.class,
                                        () ->
                                                new SocketIoServer(
                                                        settings,
                                                        List.of(
                                                                Namespace.of(
                                                                        "/",
                                                                        new QuotaNamespace(),
                                                                        new Rooms())))));
        context = (ServletWebServerApplicationContext) application.run();
        http = new Http(context.getWebServer().getPort(), "/socket.io/");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        context.close();
    }

    @Test
    void unfinishedMessagesOfStrangersTakeSoMuchAndThenTheNewestGo() throws Exception {
        Wire atWork = joined("company", "somebody");
        int strangers = 40;
        for (int i = 0; i < strangers; i++) {
            BareSocket stranger = stranger();
            sendQuietly(stranger, BareSocket.TEXT, "漢".repeat(20_000));
        }
        await().until(() -> engine().size() < 1 + strangers);
        assertThat(engine().heldBytes()).isLessThanOrEqualTo(UNAUTHENTICATED_BYTES);
        assertThat(engine().size()).as("those who came first").isGreaterThan(5);
        assertThat(echo(atWork)).isEqualTo("431[7]");

        await().atMost(Duration.ofSeconds(15)).until(() -> engine().size() == 1);
        await().until(() -> engine().heldBytes() == 0);
        assertThat(echo(joined("company", "somebody"))).isEqualTo("431[7]");
    }

    @Test
    void slowBodiesOfStrangersTakeSoMuchUntilTheirSessionsEnd() throws Exception {
        Wire atWork = joined("company", "somebody");
        for (int i = 0; i < 30; i++) {
            slowPost(http.openSid(), 60_000, 59_000);
        }
        await().until(() -> engine().heldBytes() > UNAUTHENTICATED_BYTES / 2);
        assertThat(engine().heldBytes()).isLessThanOrEqualTo(UNAUTHENTICATED_BYTES);
        assertThat(echo(atWork)).isEqualTo("431[7]");
        for (AutoCloseable each : opened) {
            if (each instanceof Socket socket) {
                socket.close();
            }
        }
        await().atMost(Duration.ofSeconds(15)).until(() -> engine().heldBytes() == 0);
    }

    @Test
    void ofAPersonSoManyAreLetIn() throws Exception {
        for (int i = 0; i < PER_PERSON; i++) {
            joined("company", "somebody");
        }
        Wire refused = connected();
        refused.send("40{\"company\":\"company\",\"person\":\"somebody\"}");
        assertThat(refused.text()).isEqualTo("44{\"message\":\"too many\"}");
        assertThat(echo(joined("company", "somebody else"))).isEqualTo("431[7]");
        assertThat(echo(joined("another company", "somebody"))).isEqualTo("431[7]");

        ((Wire) opened.getFirst()).close();
        await().until(() -> engine().size() == PER_PERSON + 2);
        await().untilAsserted(
                        () -> assertThat(echo(joined("company", "somebody"))).isEqualTo("431[7]"));
    }

    @Test
    void aPersonWhoReadsNothingOnSeveralSocketsHoldsSoMuch() throws Exception {
        Wire atWork = joined("company", "somebody else");
        for (int i = 0; i < PER_PERSON; i++) {
            BareSocket stalled = stranger();
            stalled.send("40{\"company\":\"company\",\"person\":\"somebody\"}");
            assertThat(stalled.nextText()).startsWith("40{");
            Thread.ofVirtual().start(() -> askForEver(stalled));
        }
        await().until(() -> engine().heldBytes() > PERSON_BYTES / 2);
        Thread.sleep(1_000);
        // One answer each fits always.
        assertThat(engine().heldBytes()).isLessThan(PERSON_BYTES + PER_PERSON * 64L * KIBI);
        assertThat(echo(atWork)).isEqualTo("431[7]");
    }

    private static void askForEver(BareSocket socket) {
        try {
            while (true) {
                socket.send("421[\"much\"]");
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    @Test
    void ofOneAddressSoManyStrangersAreLetIn() {
        for (int i = 0; i < 80; i++) {
            http.openSid();
        }
        assertThat(http.get("EIO=4&transport=polling").statusCode()).isEqualTo(503);
        assertThatThrownBy(this::connected).hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    private BareSocket stranger() throws IOException {
        var socket =
                new BareSocket(
                        context.getWebServer().getPort(),
                        "/socket.io/?EIO=4&transport=websocket",
                        4_096);
        opened.add(socket);
        assertThat(socket.nextText()).startsWith("0{");
        return socket;
    }

    private static void sendQuietly(BareSocket socket, int head, String text) {
        try {
            socket.send(head, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Closed meanwhile.
        }
    }

    private void slowPost(String sid, int length, int sent) throws IOException {
        var socket = new Socket("127.0.0.1", context.getWebServer().getPort());
        opened.add(socket);
        OutputStream out = socket.getOutputStream();
        out.write(
                ("POST /socket.io/?EIO=4&transport=polling&sid="
                                + sid
                                + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
                                + "Content-Length: "
                                + length
                                + "\r\n\r\n4")
                        .getBytes(StandardCharsets.US_ASCII));
        out.write("x".repeat(sent).getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private Wire connected() {
        Wire wire = Wire.to(http.webSocketUri("EIO=4&transport=websocket"));
        opened.add(wire);
        assertThat(wire.text()).startsWith("0{");
        return wire;
    }

    private Wire joined(String company, String person) {
        Wire wire = connected();
        wire.send("40{\"company\":\"" + company + "\",\"person\":\"" + person + "\"}");
        assertThat(wire.text()).startsWith("40{");
        return wire;
    }

    private static String echo(Wire wire) {
        wire.send("421[\"echo\",7]");
        return wire.text();
    }

    private EngineServer engine() {
        return context.getBean(SocketIoServer.class).engine();
    }

    private static final class QuotaNamespace implements NamespaceHandler {

        @Override
        public ConnectResponse connecting(ConnectRequest request) {
            ClientIdentity client =
                    new ClientIdentity(
                            request.auth().path("company").asString(),
                            request.auth().path("person").asString());
            return request.bind().test(client)
                    ? new ConnectResponse.Accepted(client, Map.of())
                    : new ConnectResponse.Refused("too many", null);
        }

        @Override
        public void connected(ClientSocket socket) {}

        @Override
        public void received(ClientSocket socket, String event, List<JsonNode> arguments, Ack ack) {
            if (event.equals("much")) {
                ack.send("x".repeat(50_000));
            } else {
                ack.send(arguments.toArray());
            }
        }

        @Override
        public void disconnected(ClientSocket socket, CloseReason reason) {}
    }
}
