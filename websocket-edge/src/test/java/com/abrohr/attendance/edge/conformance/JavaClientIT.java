package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.Transport;
import io.socket.engineio.parser.Packet;

import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The Socket.IO project's own client for Java and Android, over each way of connecting. */
class JavaClientIT {

    private enum Way {
        POLLING("polling"),
        WEB_SOCKET("websocket"),
        UPGRADE("polling", "websocket");

        private final String[] transports;

        Way(String... transports) {
            this.transports = transports;
        }
    }

    @ParameterizedTest
    @EnumSource
    void eventsAndAcknowledgementsCarryTextBothWays(Way way) throws JSONException {
        try (Client client = new Client(way, "/", Map.of())) {
            client.awaitConnected();
            JSONObject object = new JSONObject().put("name", "Ünïcödé €😀").put("n", 7);
            client.socket.emit("message", object, "text", 1.5);
            Object[] back = client.next("message-back");
            assertThat(((JSONObject) back[0]).getString("name")).isEqualTo("Ünïcödé €😀");
            assertThat(Arrays.copyOfRange(back, 1, 3)).containsExactly("text", 1.5);
            assertThat(client.ask("message-with-ack", "a", 1)).containsExactly("a", 1);
        }
    }

    /** On polling the client wraps base64 after 76 characters. */
    @ParameterizedTest
    @EnumSource
    void eventsAndAcknowledgementsCarryBinaryBothWays(Way way) {
        byte[] shortBytes = {0, 1, 2, (byte) 0xff};
        byte[] longBytes = bytes(100_000);
        try (Client client = new Client(way, "/", Map.of())) {
            client.awaitConnected();
            client.socket.emit("message", shortBytes, "between", longBytes);
            Object[] back = client.next("message-back");
            assertThat((byte[]) back[0]).isEqualTo(shortBytes);
            assertThat(back[1]).isEqualTo("between");
            assertThat((byte[]) back[2]).isEqualTo(longBytes);
            Object[] answer = client.ask("message-with-ack", longBytes);
            assertThat((byte[]) answer[0]).isEqualTo(longBytes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPayloadMayBeAsLargeAsTheServerAllows(Way way) {
        String large = "€".repeat(300_000);
        try (Client client = new Client(way, "/", Map.of())) {
            client.awaitConnected();
            assertThat(client.ask("message-with-ack", large)).containsExactly(large);
            byte[] bytes = bytes(700_000);
            assertThat((byte[]) client.ask("message-with-ack", bytes)[0]).isEqualTo(bytes);
        }
    }

    @Test
    void aClientThatMayUpgradeDoesSoAndLosesNothingMeanwhile() {
        try (Client client = new Client(Way.UPGRADE, "/", Map.of())) {
            client.awaitConnected();
            int sent = 0;
            while (client.overWebSocket.isEmpty()) {
                assertThat(sent).isLessThan(10_000);
                client.socket.emit("message", sent++);
                if (sent % 10 == 0) {
                    client.ask("message-with-ack");
                }
            }
            for (int i = 0; i < sent; i++) {
                assertThat(client.next("message-back")).containsExactly(i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConnectPayloadArrives(Way way) throws JSONException {
        try (Client client = new Client(way, "/custom", Map.of("token", "abc"))) {
            client.awaitConnected();
            assertThat(((JSONObject) client.next("auth")[0]).getString("token")).isEqualTo("abc");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownNamespaceIsRefused(Way way) throws JSONException {
        try (Client client = new Client(way, "/nowhere", Map.of())) {
            assertThat(client.refusal()).isEqualTo("Invalid namespace");
            assertThat(client.socket.connected()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecuredNamespaceWantsItsToken(Way way) throws JSONException {
        try (Client none = new Client(way, "/secured", Map.of());
                Client bad = new Client(way, "/secured", Map.of("token", "bad"));
                Client good = new Client(way, "/secured", Map.of("token", "good"));
                Client other = new Client(way, "/secured", Map.of("token", "good"))) {
            assertThat(none.refusal()).isEqualTo("Authentication token required");
            assertThat(bad.refusal()).isEqualTo("Invalid token");
            good.awaitConnected();
            other.awaitConnected();
            JSONObject punch = new JSONObject().put("employeeId", "e1");
            JSONObject answer = (JSONObject) good.ask("punch_in", punch)[0];
            assertThat(answer.getBoolean("ok")).isTrue();
            for (Client member : new Client[] {good, other}) {
                JSONObject heard = (JSONObject) member.next("attendance_punch_in")[0];
                assertThat(heard.getString("employeeId")).isEqualTo("e1");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientWhoseTransportTheServerClosesComesBackByItself(Way way) {
        // The client does not see a WebSocket's close frame; it misses the next ping instead.
        try (ConformanceServer server =
                        ConformanceServer.start(0, Duration.ofMillis(500), Duration.ofSeconds(2));
                Client client = new Client(server, way, "/", Map.of())) {
            client.awaitConnected();
            String first = client.socket.id();
            client.socket.emit("close-transport");
            // Not "io server disconnect", after which a client stays away.
            assertThat(client.next(Socket.EVENT_DISCONNECT)[0])
                    .isIn("transport close", "transport error", "ping timeout");
            client.awaitConnected();
            assertThat(client.socket.id()).isNotEqualTo(first);
            assertThat(client.ask("message-with-ack", "again")).containsExactly("again");
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static final class Client implements AutoCloseable {

        private final Socket socket;
        private final Map<String, BlockingQueue<Object[]>> arrived;

        /** Messages that came by WebSocket. */
        private final Queue<Packet<?>> overWebSocket = new ConcurrentLinkedQueue<>();

        Client(Way way, String namespace, Map<String, String> auth) {
            this(ConformanceServer.shared(), way, namespace, auth);
        }

        Client(ConformanceServer server, Way way, String namespace, Map<String, String> auth) {
            IO.Options options =
                    IO.Options.builder()
                            .setForceNew(true)
                            .setTransports(way.transports)
                            .setAuth(auth)
                            .setReconnectionDelay(50)
                            .setReconnectionDelayMax(200)
                            .build();
            URI uri = URI.create("http://localhost:" + server.port() + namespace);
            socket = IO.socket(uri, options);
            arrived =
                    Map.of(
                            Socket.EVENT_CONNECT,
                            new LinkedBlockingQueue<>(),
                            Socket.EVENT_CONNECT_ERROR,
                            new LinkedBlockingQueue<>(),
                            Socket.EVENT_DISCONNECT,
                            new LinkedBlockingQueue<>(),
                            "auth",
                            new LinkedBlockingQueue<>(),
                            "message-back",
                            new LinkedBlockingQueue<>(),
                            "attendance_punch_in",
                            new LinkedBlockingQueue<>());
            arrived.forEach((event, queue) -> socket.on(event, queue::add));
            socket.io().on(Manager.EVENT_TRANSPORT, created -> watch((Transport) created[0]));
            socket.connect();
        }

        private void watch(Transport transport) {
            if (transport.name.equals("websocket")) {
                transport.on(
                        Transport.EVENT_PACKET,
                        packets -> {
                            Packet<?> packet = (Packet<?>) packets[0];
                            if (packet.type.equals(Packet.MESSAGE)) {
                                overWebSocket.add(packet);
                            }
                        });
            }
        }

        void awaitConnected() {
            next(Socket.EVENT_CONNECT);
        }

        String refusal() throws JSONException {
            return ((JSONObject) next(Socket.EVENT_CONNECT_ERROR)[0]).getString("message");
        }

        Object[] next(String event) {
            try {
                Object[] arguments = arrived.get(event).poll(20, TimeUnit.SECONDS);
                assertThat(arguments).as("%s, having %s", event, arrived).isNotNull();
                return arguments;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        Object[] ask(String event, Object... arguments) {
            CompletableFuture<Object[]> answer = new CompletableFuture<>();
            socket.emit(event, arguments, (Ack) answer::complete);
            return answer.orTimeout(20, TimeUnit.SECONDS).join();
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
