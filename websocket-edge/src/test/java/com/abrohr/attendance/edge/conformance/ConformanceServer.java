package com.abrohr.attendance.edge.conformance;

import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.engineio.EngineIoHandlerMapping;
import com.abrohr.attendance.edge.engineio.EngineIoSettings;
import com.abrohr.attendance.edge.engineio.EngineLimits;
import com.abrohr.attendance.edge.engineio.EngineListener;
import com.abrohr.attendance.edge.engineio.EngineServer;
import com.abrohr.attendance.edge.engineio.EngineSession;
import com.abrohr.attendance.edge.engineio.OutboundMessage;
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

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.unit.DataSize;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * The two protocol layers as the Socket.IO project's conformance suites expect to find them: an
 * Engine.IO echo at /engine.io/, and at /socket.io/ two namespaces that answer every message,
 * beside one that wants a token.
 */
public final class ConformanceServer implements AutoCloseable {

    private static final DataSize ROOM = DataSize.ofMegabytes(64);

    private final ConfigurableApplicationContext context;

    private ConformanceServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** args: the port, 3000 when absent. */
    public static void main(String[] args) {
        warmUp();
        start(
                args.length == 0 ? 3000 : Integer.parseInt(args[0]),
                settings -> settings.withHeartbeat(Duration.ofMillis(300), Duration.ofMillis(200)),
                new Pause(Duration.ofMillis(25)));
    }

    /**
     * The suites measure time-outs of 200 ms, which a JVM would spend on loading its classes when
     * the first client comes.
     */
    private static void warmUp() {
        try (ConformanceServer server = start(0, Duration.ofSeconds(25), Duration.ofSeconds(20))) {
            for (int i = 0; i < 20; i++) {
                visit(new Http(server.port(), "/engine.io/"));
                visit(new Http(server.port(), "/socket.io/"));
            }
        }
    }

    private static void visit(Http http) {
        String sid = http.openSid();
        http.post(sid, "40");
        http.poll(sid);
        try (Wire wire = Wire.to(http.webSocketUri("EIO=4&transport=websocket&sid=" + sid))) {
            wire.send("2probe").text();
            wire.send("5").send("451-[\"message\",{\"_placeholder\":true,\"num\":0}]");
            wire.send(new byte[] {1}).text();
            wire.send("1").awaitClose();
        }
    }

    /** One for all tests that only talk to it; ends with the process. */
    static ConformanceServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        private static final ConformanceServer SERVER = start(0, ConformanceServer::patient);
    }

    /** With times that no slow machine outlasts. */
    static TestSettings patient(TestSettings settings) {
        return settings.withHeartbeat(Duration.ofSeconds(25), Duration.ofSeconds(20))
                .withConnectTimeout(Duration.ofSeconds(20));
    }

    static ConformanceServer start(int port, Duration pingInterval, Duration pingTimeout) {
        return start(port, settings -> settings.withHeartbeat(pingInterval, pingTimeout));
    }

    static ConformanceServer start(int port, UnaryOperator<TestSettings> change) {
        return start(port, change, new Pause(Duration.ZERO));
    }

    /**
     * Between the answer to a CONNECT and the first event. The suites listen for one message after
     * the other; of two that their client reads at once they see the first only.
     */
    private record Pause(Duration time) {}

    private static ConformanceServer start(
            int port, UnaryOperator<TestSettings> change, Pause pause) {
        return start(port, change, pause, Map.of());
    }

    /**
     * @param keyStore a PKCS12 file with a key for localhost
     */
    static ConformanceServer startWithTls(Path keyStore, String password) {
        return start(
                0,
                settings -> settings.withConnectTimeout(Duration.ofSeconds(20)),
                new Pause(Duration.ZERO),
                Map.of(
                        "server.ssl.key-store",
                        keyStore.toUri().toString(),
                        "server.ssl.key-store-password",
                        password));
    }

    private static ConformanceServer start(
            int port, UnaryOperator<TestSettings> change, Pause pause, Map<String, Object> more) {
        TestSettings settings =
                change.apply(
                        new TestSettings()
                                .withMaxPayload(1_000_000)
                                .withConnectTimeout(Duration.ofSeconds(1))
                                .withAllowedOrigins(Set.of("https://allowed.example"))
                                .withLimits(
                                        new EngineLimits(
                                                1_000,
                                                1_000,
                                                1_000,
                                                1_000,
                                                1_000,
                                                1_000,
                                                1_000,
                                                ROOM,
                                                ROOM,
                                                ROOM,
                                                ROOM,
                                                ROOM,
                                                DataSize.ofMegabytes(4),
                                                DataSize.ofKilobytes(64),
                                                DataSize.ofMegabytes(1))));
        SpringApplication application = new SpringApplication(Endpoints.class);
        application.addInitializers(
                context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean(TestSettings.class, () -> settings);
                    beans.registerBean(Pause.class, () -> pause);
                });
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("server.port", port);
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.threads.virtual.enabled", true);
        properties.put("logging.level.root", "WARN");
        application.setDefaultProperties(properties);
        return new ConformanceServer(application.run());
    }

    int port() {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(SocketIoTransportConfiguration.class)
    static class Endpoints {

        @Bean
        EngineServer engineEcho(TestSettings settings) {
            EngineIoSettings echo = settings.withPath("/engine.io/").build();
            return new EngineServer(echo, new EngineEcho());
        }

        @Bean
        EngineIoHandlerMapping engineEchoMapping(EngineServer engineEcho) {
            return new EngineIoHandlerMapping(List.of(engineEcho));
        }

        @Bean
        SocketIoServer socketIoServer(TestSettings settings, Pause pause) {
            Rooms secured = new Rooms();
            Rooms greeted = new Rooms();
            return new SocketIoServer(
                    settings.withPath(EngineIoSettings.PATH).build(),
                    List.of(
                            Namespace.withBinary("/", new Echo(pause), new Rooms()),
                            Namespace.withBinary("/custom", new Echo(pause), new Rooms()),
                            Namespace.of("/secured", new Secured(secured), secured),
                            Namespace.of("/greeting", new Greeting(greeted), greeted),
                            Namespace.of("/handshake", new HandshakeEcho(), new Rooms())));
        }
    }

    private static final class EngineEcho implements EngineListener {
        @Override
        public void opened(EngineSession session) {}

        @Override
        public void text(EngineSession session, String message) {
            session.send(OutboundMessage.of(message));
        }

        @Override
        public void binary(EngineSession session, byte[] message) {
            session.send(OutboundMessage.of(message));
        }

        @Override
        public void closed(EngineSession session, CloseReason reason) {}
    }

    private record Echo(Pause pause) implements NamespaceHandler {
        @Override
        public ConnectResponse connecting(ConnectRequest request) {
            return new ConnectResponse.Accepted(request.auth(), Map.of());
        }

        @Override
        public void connected(ClientSocket socket) {
            LockSupport.parkNanos(pause.time().toNanos());
            socket.emit("auth", socket.attachment());
        }

        @Override
        public void received(ClientSocket socket, String event, List<JsonNode> arguments, Ack ack) {
            switch (event) {
                case "message" -> socket.emit("message-back", arguments.toArray());
                case "message-with-ack" -> ack.send(arguments.toArray());
                case "close-transport" -> socket.disconnect(CloseReason.SERVER_CLOSED);
                default -> {}
            }
        }
    }

    private static final class Secured implements NamespaceHandler {
        private final Rooms rooms;

        Secured(Rooms rooms) {
            this.rooms = rooms;
        }

        @Override
        public ConnectResponse connecting(ConnectRequest request) {
            JsonNode token = request.auth().path("token");
            if (!token.isString() || token.asString().isEmpty()) {
                return new ConnectResponse.Refused("Authentication token required", null);
            }
            return token.asString().equals("good")
                    ? new ConnectResponse.Accepted("good", Map.of())
                    : new ConnectResponse.Refused("Invalid token", null);
        }

        @Override
        public void joining(ClientSocket socket) {
            rooms.join("room1", socket);
        }

        @Override
        public void received(ClientSocket socket, String event, List<JsonNode> arguments, Ack ack) {
            if (event.equals("punch_in")) {
                rooms.broadcast(
                        "room1", OutboundEvent.event("attendance_punch_in", arguments.toArray()));
                ack.send(Map.of("ok", true));
            }
        }
    }

    /** Tells what the handshake said, when it was asked to let somebody in and when it had. */
    private static final class HandshakeEcho implements NamespaceHandler {
        @Override
        public ConnectResponse connecting(ConnectRequest request) {
            String authorization = request.handshake().authorization();
            return request.auth().path("welcome").asBoolean(true)
                    ? new ConnectResponse.Accepted(String.valueOf(authorization), Map.of())
                    : new ConnectResponse.Refused(String.valueOf(authorization), null);
        }

        @Override
        public void connected(ClientSocket socket) {
            String authorization = socket.handshake().authorization();
            socket.emit("handshake", socket.attachment(), String.valueOf(authorization));
        }

        @Override
        public void received(
                ClientSocket socket, String event, List<JsonNode> arguments, Ack ack) {}
    }

    /** Tells its room of every client while that client is joining. */
    private record Greeting(Rooms rooms) implements NamespaceHandler {

        @Override
        public ConnectResponse connecting(ConnectRequest request) {
            return new ConnectResponse.Accepted("anybody", Map.of());
        }

        @Override
        public void joining(ClientSocket socket) {
            rooms.join("greeted", socket);
            rooms.broadcast("greeted", OutboundEvent.event("greeting"));
        }

        @Override
        public void received(
                ClientSocket socket, String event, List<JsonNode> arguments, Ack ack) {}
    }
}
