package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import com.abrohr.attendance.edge.socketio.OutboundEvent;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.edge.socketio.SocketIoServer;
import com.abrohr.attendance.edge.socketio.SocketIoTransportConfiguration;

import org.awaitility.Awaitility;
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
import java.lang.ref.WeakReference;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the server does with clients and handlers that are slower than the others. */
class BackPressureIT {

    private static final DataSize ROOM = DataSize.ofMegabytes(8);
    private static final int EVENTS = 1_000;
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SHORT_PING_TIMEOUT = Duration.ofSeconds(2);

    private final Recorder handler = new Recorder();
    private final Rooms rooms = new Rooms();
    private ServletWebServerApplicationContext context;
    private Http http;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(SocketIoTransportConfiguration.class)
    static class Application {}

    @BeforeEach
    void start() {
        start(PING_TIMEOUT);
    }

    private void start(Duration pingTimeout) {
        EngineIoSettings settings =
                new TestSettings()
                        .withHeartbeat(Duration.ofMillis(200), pingTimeout)
                        .withLimits(
                                new EngineLimits(
                                        3,
                                        100,
                                        3,
                                        100,
                                        100,
                                        100,
                                        100,
                                        ROOM,
                                        ROOM,
                                        ROOM,
                                        ROOM,
                                        ROOM,
                                        DataSize.ofBytes(100_000),
                                        DataSize.ofKilobytes(4),
                                        DataSize.ofBytes(50_000)))
                        .build();
        SpringApplication application = new SpringApplication(Application.class);
        application.setDefaultProperties(
                Map.of(
                        "server.port", 0,
                        "spring.main.banner-mode", "off",
                        "logging.level.root", "WARN"));
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
                                                                        "/", handler, rooms)))));
        context = (ServletWebServerApplicationContext) application.run();
        http = new Http(context.getWebServer().getPort(), "/socket.io/");
    }

    @AfterEach
    void stop() {
        handler.gate.countDown();
        context.close();
    }

    private Wire joined() {
        Wire wire = Wire.to(http.webSocketUri("EIO=4&transport=websocket"));
        wire.text();
        wire.send("40");
        wire.text();
        return wire;
    }

    @Test
    void aClientThatDoesNotPollIsClosedAndDisturbsNobody() throws InterruptedException {
        String slow = http.openSid();
        http.post(slow, "40");
        handler.awaitConnected();
        try (Wire quick = joined()) {
            handler.awaitConnected();
            for (int i = 0; i < 12; i++) {
                rooms.broadcast("everybody", news(i));
                assertThat(quick.text()).startsWith("42[\"news\"," + i + ",");
            }
            assertThat(handler.gone.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(CloseReason.OUTBOUND_OVERFLOW);
            assertThat(http.poll(slow).body()).contains("4005");
            assertThat(quick.isClosed()).isFalse();
            Awaitility.await().until(() -> engine().queuedBytes() == 0);
            assertThat(engine().size()).isEqualTo(1);
        }
    }

    @Test
    void aWebSocketClientThatDoesNotReadIsClosedAndDisturbsNobody() throws Exception {
        try (BareSocket stalled = stalledSocket()) {
            // Its queue must go with it: only the test's own weak reference is kept.
            WeakReference<ClientSocket> forgotten = new WeakReference<>(handler.awaitConnected());
            try (Wire quick = joined()) {
                handler.awaitConnected();
                int sent = 0;
                while (handler.gone.isEmpty()) {
                    assertThat(sent).as("messages until the queue is full").isLessThan(2_000);
                    rooms.broadcast("everybody", news(sent));
                    assertThat(quick.text()).startsWith("42[\"news\"," + sent + ",");
                    sent++;
                }
                assertThat(handler.gone.poll()).isEqualTo(CloseReason.OUTBOUND_OVERFLOW);

                Awaitility.await().until(() -> engine().queuedBytes() == 0);
                assertThat(engine().size()).isEqualTo(1);
                assertThat(rooms.members("everybody")).hasSize(1);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(
                                () -> {
                                    System.gc();
                                    return forgotten.get() == null;
                                });

                rooms.broadcast("everybody", news(sent));
                assertThat(quick.text()).startsWith("42[\"news\"," + sent + ",");
                assertThat(stalled.countTexts()).isLessThan(sent);
            }
        }
    }

    @Test
    void aClientThatReadsAgainInTimeHasLostNothingButOldVolatileFrames() throws Exception {
        try (BareSocket stalled = stalledSocket()) {
            ClientSocket socket = handler.awaitConnected();
            int sent = 0;
            while (engine().queuedBytes() < 50_000) {
                assertThat(sent).as("messages until the client is stalled").isLessThan(2_000);
                socket.send(news(sent++));
            }
            for (int i = 1; i <= 100; i++) {
                socket.volatileSend("volatile", OutboundEvent.event("volatile", i));
            }
            for (int i = 0; i < 300; i++) {
                socket.emit("small", i);
            }
            noThreadWaitsForIt();

            List<String> small = new ArrayList<>();
            int news = 0;
            String latest = "";
            // The container may still write while the test fills: only the order is certain.
            while (small.size() < 300 || !latest.equals("42[\"volatile\",100]")) {
                String text = stalled.nextText();
                if (text.startsWith("42[\"news\"")) {
                    assertThat(text).startsWith("42[\"news\"," + news++ + ",");
                } else if (text.startsWith("42[\"small\"")) {
                    assertThat(text).isEqualTo("42[\"small\"," + small.size() + "]");
                    small.add(text);
                } else {
                    latest = text;
                }
            }
            assertThat(news).isEqualTo(sent);
            assertThat(engine().size()).isEqualTo(1);
        }
    }

    /** The container's threads are of the platform here, so all of them are seen. */
    private static void noThreadWaitsForIt() {
        Awaitility.await()
                .untilAsserted(
                        () -> {
                            Map<Thread, StackTraceElement[]> others = Thread.getAllStackTraces();
                            others.remove(Thread.currentThread());
                            assertThat(others.values())
                                    .noneSatisfy(
                                            stack ->
                                                    assertThat(stack)
                                                            .anyMatch(
                                                                    frame ->
                                                                            frame.getClassName()
                                                                                    .contains(
                                                                                            ".edge.engineio.")));
                        });
    }

    private BareSocket stalledSocket() throws IOException {
        BareSocket socket =
                new BareSocket(
                        context.getWebServer().getPort(),
                        "/socket.io/?EIO=4&transport=websocket",
                        4_096);
        assertThat(socket.nextText()).startsWith("0{");
        socket.send("40");
        assertThat(socket.nextText()).startsWith("40{");
        return socket;
    }

    private static String afterPings(Wire wire) {
        String text = wire.text();
        while (text.equals("2")) {
            wire.send("3");
            text = wire.text();
        }
        return text;
    }

    private static OutboundEvent news(int number) {
        return OutboundEvent.event("news", number, "x".repeat(10_000));
    }

    private EngineServer engine() {
        return context.getBean(SocketIoServer.class).engine();
    }

    @Test
    void ofVolatileFramesABusyClientGetsTheLastOfEachKey() throws InterruptedException {
        String sid = http.openSid();
        http.post(sid, "40");
        ClientSocket socket = handler.awaitConnected();
        assertThat(http.poll(sid).body()).contains("40{");
        for (int i = 1; i <= 100; i++) {
            socket.volatileSend("in", OutboundEvent.event("in", i));
            socket.volatileSend("out", OutboundEvent.event("out", -i));
        }
        assertThat(http.poll(sid).body()).contains("42[\"in\",100]\u001e42[\"out\",-100]");
    }

    @Test
    void aSlowHandlerHoldsUpNeitherTheHeartbeatNorOtherClients() throws InterruptedException {
        try (Wire held = joined().ignoringPings();
                Wire other = joined()) {
            held.send("42[\"hold\"]");
            assertThat(handler.held.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(held.text()).isEqualTo("2");
            held.send("3");
            assertThat(held.text()).isEqualTo("2");

            other.send("421[\"echo\",7]");
            assertThat(other.text()).isEqualTo("431[7]");
        }
    }

    @Test
    void aClientThatSendsFasterThanItIsServedWaitsAndIsServed() throws InterruptedException {
        try (Wire wire = joined()) {
            wire.send("42[\"hold\"]");
            assertThat(handler.held.await(10, TimeUnit.SECONDS)).isTrue();
            Thread sender =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int i = 0; i < EVENTS; i++) {
                                            wire.send("42" + i + "[\"echo\"," + i + "]");
                                        }
                                    });
            Awaitility.await().until(() -> engine().heldBytes() > 0);
            assertThat(handler.handled.get()).isZero();
            assertThat(engine().heldBytes()).isLessThan(20_000);
            handler.gate.countDown();
            for (int i = 0; i < EVENTS; i++) {
                assertThat(wire.text()).isEqualTo("43" + i + "[" + i + "]");
            }
            sender.join();
            assertThat(wire.isClosed()).isFalse();
        }
    }

    @Test
    void aClientWhosePongIsNotReadForWantOfRoomIsNotGivenUp() throws InterruptedException {
        context.close();
        start(SHORT_PING_TIMEOUT);
        try (Wire wire = joined().ignoringPings()) {
            wire.send("42[\"hold\"]");
            assertThat(handler.held.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(wire.text()).isEqualTo("2");
            for (int i = 0; i < EVENTS; i++) {
                wire.send("42[\"echo\"," + i + "]");
            }
            wire.send("3");
            TimeUnit.MILLISECONDS.sleep(SHORT_PING_TIMEOUT.plusSeconds(1).toMillis());
            assertThat(wire.isClosed()).isFalse();
            handler.gate.countDown();
            wire.send("42999[\"echo\"]");
            assertThat(afterPings(wire)).isEqualTo("43999[]");
        }
    }

    @Test
    void aPollingClientThatSendsFasterThanItIsServedIsAnsweredLater() throws Exception {
        String sid = http.openSid();
        http.post(sid, "40");
        handler.awaitConnected();
        assertThat(http.poll(sid).body()).contains("40{");
        http.post(sid, "42[\"hold\"]");
        assertThat(handler.held.await(10, TimeUnit.SECONDS)).isTrue();
        StringBuilder payload = new StringBuilder("421000[\"echo\",1000]");
        for (int i = 1_001; i < 1_000 + EVENTS; i++) {
            payload.append('\u001e').append("42" + i + "[\"echo\"," + i + "]");
        }
        CompletableFuture<HttpResponse<String>> posted =
                CompletableFuture.supplyAsync(() -> http.post(sid, payload.toString()));
        TimeUnit.MILLISECONDS.sleep(600);
        assertThat(posted).isNotDone();
        handler.gate.countDown();
        assertThat(posted.get(10, TimeUnit.SECONDS).body()).isEqualTo("ok");
        StringBuilder answers = new StringBuilder();
        while (!answers.toString().contains("43" + (999 + EVENTS) + "[")) {
            HttpResponse<String> polled = http.poll(sid);
            assertThat(polled.statusCode()).as(polled.body()).isEqualTo(200);
            answers.append(polled.body()).append('\u001e');
        }
        String ofEvents = answers.toString().replace("2\u001e", "");
        for (int i = 1_000; i < 1_000 + EVENTS; i++) {
            assertThat(ofEvents).contains("43" + i + "[" + i + "]");
        }
    }

    @Test
    void whoDoesNotReadItsAnswersIsHandledNoFurther() throws Exception {
        try (BareSocket stalled = stalledSocket()) {
            handler.awaitConnected();
            String large = "x".repeat(10_000);
            for (int i = 0; i < 600; i++) {
                stalled.send("42" + i + "[\"echo\",\"" + large + "\"]");
            }
            TimeUnit.SECONDS.sleep(1);
            assertThat(handler.handled.get()).isBetween(5, 500);
            assertThat(engine().size()).isEqualTo(1);
            assertThat(engine().heldBytes()).isLessThan(150_000);
            try (Wire other = joined()) {
                other.send("421[\"echo\",7]");
                assertThat(other.text()).isEqualTo("431[7]");
            }
        }
    }

    @Test
    void aHandlerThatFailsClosesItsClientOnly() {
        try (Wire failing = joined();
                Wire other = joined()) {
            failing.send("42[\"fail\"]");
            assertThat(failing.awaitClose().code()).isEqualTo(1011);
            other.send("421[\"echo\",7]");
            assertThat(other.text()).isEqualTo("431[7]");
        }
    }

    @Test
    void theServerMayAskAClientAndHearsItsAnswer() throws InterruptedException {
        try (Wire wire = joined()) {
            ClientSocket socket = handler.awaitConnected();
            CompletableFuture<List<JsonNode>> answer =
                    socket.emitWithAck(Duration.ofSeconds(10), "question", 1);
            assertThat(wire.text()).isEqualTo("420[\"question\",1]");
            wire.send("430[\"yes\"]");
            assertThat(answer.orTimeout(10, TimeUnit.SECONDS).join().getFirst().asString())
                    .isEqualTo("yes");

            CompletableFuture<List<JsonNode>> never =
                    socket.emitWithAck(Duration.ofSeconds(10), "question", 2);
            wire.close();
            assertThat(handler.gone.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(never).isCancelled();
        }
    }

    @Test
    void whatWasSentBeforeAnOrderlyCloseStillArrives() throws InterruptedException {
        try (Wire wire = joined()) {
            ClientSocket socket = handler.awaitConnected();
            for (int i = 0; i < 50; i++) {
                socket.emit("last words", i);
            }
            socket.disconnect(CloseReason.application(4101, "token expired"));
            for (int i = 0; i < 50; i++) {
                assertThat(wire.text()).isEqualTo("42[\"last words\"," + i + "]");
            }
            assertThat(wire.awaitClose()).isEqualTo(new Wire.Closed(4101, "token expired"));
            assertThat(handler.gone.poll(10, TimeUnit.SECONDS).code()).isEqualTo(4101);
            assertThat(rooms.members("everybody")).isEmpty();
        }
    }

    @Test
    void aClientThatIsPutOutOfItsNamespaceIsToldSo() throws InterruptedException {
        try (Wire wire = joined()) {
            handler.awaitConnected().leaveNamespace();
            assertThat(wire.text()).isEqualTo("41");
            assertThat(handler.gone.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(CloseReason.SERVER_LEFT_NAMESPACE);
        }
    }

    @Test
    void beyondTheBoundOfSessionsNobodyIsLetIn() {
        String one = http.openSid();
        http.openSid();
        http.openSid();
        HttpResponse<String> refused = http.get("EIO=4&transport=polling");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(Http.JSON.readTree(refused.body()).path("code").asInt()).isEqualTo(6);
        assertThatThrownBy(() -> joined()).hasCauseInstanceOf(WebSocketHandshakeException.class);

        http.post(one, "1");
        assertThat(http.get("EIO=4&transport=polling").statusCode()).isEqualTo(200);
    }

    private final class Recorder implements NamespaceHandler {
        private final BlockingQueue<ClientSocket> connected = new LinkedBlockingQueue<>();
        private final BlockingQueue<CloseReason> gone = new LinkedBlockingQueue<>();
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);
        private final AtomicInteger handled = new AtomicInteger();

        ClientSocket awaitConnected() throws InterruptedException {
            ClientSocket socket = connected.poll(10, TimeUnit.SECONDS);
            assertThat(socket).isNotNull();
            return socket;
        }

        @Override
        public ConnectResponse connecting(ConnectRequest request) {
            return new ConnectResponse.Accepted("somebody", Map.of());
        }

        @Override
        public void connected(ClientSocket socket) {
            rooms.join("everybody", socket);
            connected.add(socket);
        }

        @Override
        public void received(ClientSocket socket, String event, List<JsonNode> arguments, Ack ack) {
            switch (event) {
                case "hold" -> {
                    held.countDown();
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                case "fail" -> throw new IllegalStateException("on purpose");
                default -> {
                    ack.send(arguments.toArray());
                    handled.incrementAndGet();
                }
            }
        }

        @Override
        public void disconnected(ClientSocket socket, CloseReason reason) {
            gone.add(reason);
        }
    }
}
