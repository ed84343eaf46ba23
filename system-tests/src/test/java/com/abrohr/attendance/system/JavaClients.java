package com.abrohr.attendance.system;

import com.abrohr.attendance.system.harness.ClientDriver;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Sockets of the socket.io-client for Java, the one that Android applications use. */
final class JavaClients implements ClientDriver {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final Consumer<JsonNode> listener;

    JavaClients(Consumer<JsonNode> listener) {
        this.listener = listener;
    }

    @Override
    public void tell(String op, Map<String, ?> arguments) {
        String name = (String) arguments.get("socket");
        switch (op) {
            case "open" -> open(name, arguments);
            case "emit" -> {
                List<Object> args = values(arguments);
                sockets.get(name).emit((String) args.removeFirst(), args.toArray());
            }
            case "connect" -> sockets.get(name).connect();
            case "close" -> sockets.remove(name).disconnect();
            default -> throw new IllegalArgumentException(op);
        }
    }

    @Override
    public CompletableFuture<JsonNode> ask(String op, Map<String, ?> arguments) {
        List<Object> args = values(arguments);
        var answer = new CompletableFuture<JsonNode>();
        Socket socket = sockets.get((String) arguments.get("socket"));
        socket.emit(
                (String) args.removeFirst(),
                args.toArray(),
                (Ack) given -> answer.complete(json(given).path(0)));
        return answer;
    }

    private void open(String name, Map<String, ?> arguments) {
        JsonNode wanted = JSON.valueToTree(arguments.get("options"));
        IO.Options options = new IO.Options();
        options.forceNew = true;
        options.reconnection = wanted.path("reconnection").asBoolean();
        options.reconnectionDelay = wanted.path("reconnectionDelay").asLong(1000);
        if (wanted.has("transports")) {
            options.transports = JSON.convertValue(wanted.path("transports"), String[].class);
        }
        options.auth = new HashMap<>();
        wanted.path("auth").forEachEntry((key, value) -> options.auth.put(key, value.asString()));
        Socket socket = IO.socket(URI.create((String) arguments.get("url")), options);
        sockets.put(name, socket);
        var transports = new Transports(name);
        socket.io().on(Manager.EVENT_OPEN, none -> transports.follow(engine(socket)));
        socket.on(
                Socket.EVENT_CONNECT,
                none -> lifecycle(name, "connect", transports.now, socket.id()));
        socket.on(
                Socket.EVENT_CONNECT_ERROR,
                args -> lifecycle(name, "connect_error", text(args[0])));
        socket.on(Socket.EVENT_DISCONNECT, args -> lifecycle(name, "disconnect", text(args[0])));
        socket.onAnyIncoming(
                args -> {
                    List<Object> rest = new ArrayList<>(List.of(args));
                    told("event", name, (String) rest.removeFirst(), json(rest.toArray()));
                });
        socket.connect();
    }

    /** Which transport a socket is on; the manager keeps its engine to itself. */
    private final class Transports {
        private final String name;
        private volatile String now = "";

        private Transports(String name) {
            this.name = name;
        }

        private void follow(io.socket.engineio.client.Socket engine) {
            now = transport(engine);
            engine.once(
                    io.socket.engineio.client.Socket.EVENT_UPGRADE,
                    none -> {
                        now = transport(engine);
                        lifecycle(name, "upgrade", now);
                    });
        }
    }

    private static io.socket.engineio.client.Socket engine(Socket socket) {
        return hidden(Manager.class, "engine", socket.io(), io.socket.engineio.client.Socket.class);
    }

    private static String transport(io.socket.engineio.client.Socket engine) {
        return hidden(
                        io.socket.engineio.client.Socket.class,
                        "transport",
                        engine,
                        io.socket.engineio.client.Transport.class)
                .name;
    }

    private static <T> T hidden(Class<?> owner, String field, Object from, Class<T> type) {
        try {
            var found = owner.getDeclaredField(field);
            found.setAccessible(true);
            return type.cast(found.get(from));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the client has changed inside", e);
        }
    }

    private static String text(Object given) {
        try {
            return switch (given) {
                case JSONObject refusal -> refusal.getString("message");
                case Exception e -> String.valueOf(e.getMessage());
                default -> String.valueOf(given);
            };
        } catch (JSONException e) {
            return String.valueOf(given);
        }
    }

    private void lifecycle(String socket, String what, String... args) {
        told("lifecycle", socket, what, JSON.valueToTree(args));
    }

    private void told(String kind, String socket, String name, JsonNode args) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("kind", kind);
        told.put("socket", socket);
        told.put("name", name);
        told.put("args", args);
        listener.accept(JSON.valueToTree(told));
    }

    private static List<Object> values(Map<String, ?> arguments) {
        List<Object> values = new ArrayList<>();
        new JSONArray(JSON.writeValueAsString(arguments.get("args"))).forEach(values::add);
        return values;
    }

    private static JsonNode json(Object[] given) {
        return JSON.readTree(new JSONArray(given).toString());
    }

    @Override
    public void close() {
        sockets.values().forEach(Socket::disconnect);
        sockets.clear();
    }
}
