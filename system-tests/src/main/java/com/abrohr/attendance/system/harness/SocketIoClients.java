package com.abrohr.attendance.system.harness;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** Sockets opened with a real client library, by default the socket.io-client from npm. */
public final class SocketIoClients implements AutoCloseable {
    private static final int CROWD_IN_FLIGHT = 50;

    private final Map<String, SocketIoClient> sockets = new ConcurrentHashMap<>();
    private final AtomicInteger names = new AtomicInteger();
    private final ClientDriver driver;

    public SocketIoClients() {
        this(listener -> ScriptProcess.node("clients.mjs", listener));
    }

    /**
     * @param driver made with the one who wants to know what its sockets hear
     */
    public SocketIoClients(Function<Consumer<JsonNode>, ClientDriver> driver) {
        this.driver = driver.apply(this::heard);
    }

    /** Sockets of Debian's python3-socketio, where {@link Python#hasSocketIo} says so. */
    public static SocketIoClients python() {
        return new SocketIoClients(
                listener ->
                        new ScriptProcess(
                                List.of(Python.EXECUTABLE, "python/clients.py"),
                                Python.EXECUTABLE + " must be there",
                                listener));
    }

    /** A socket over WebSocket alone that never reconnects by itself; not yet connected. */
    public SocketIoClient open(URI url, String token) {
        return open(
                url, Map.of("auth", Map.of("token", token), "transports", List.of("websocket")));
    }

    /**
     * @param options as socket.io-client takes them; reconnection is off unless they say otherwise
     */
    public SocketIoClient open(URI url, Map<String, ?> options) {
        String name = "s" + names.incrementAndGet();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("reconnection", false);
        all.put("forceNew", true);
        all.putAll(options);
        var socket = new SocketIoClient(name, driver);
        sockets.put(name, socket);
        driver.tell("open", Map.of("socket", name, "url", url.toString(), "options", all));
        return socket;
    }

    /** A person of a crowd; the id begins with the company's and a dash. */
    public record Person(String id, String token) {}

    public record CrowdCompany(String id, List<Person> managers, List<Person> employees) {}

    /**
     * What a crowd heard.
     *
     * @param connected sockets that are still connected at the end
     * @param confirmed punches confirmed to their senders
     * @param deliveries punches heard by managers
     * @param faults what somebody heard twice, missed or should not have heard, the first of them
     */
    public record CrowdReport(int connected, int confirmed, int deliveries, List<String> faults) {}

    /**
     * Connects all people of these companies, each with a socket of their own; then every employee
     * punches in at the same time. Waits until everybody has heard of everything.
     *
     * @param limit for each step
     */
    public CrowdReport crowd(URI url, List<CrowdCompany> companies, Duration limit) {
        JsonNode report =
                ScriptProcess.await(
                        driver.ask(
                                "crowd",
                                Map.of(
                                        "url",
                                        url.toString(),
                                        "companies",
                                        companies,
                                        "inFlight",
                                        CROWD_IN_FLIGHT,
                                        "timeout",
                                        limit.toMillis())),
                        limit.multipliedBy(4));
        List<String> faults = new ArrayList<>();
        report.path("faults").forEach(fault -> faults.add(fault.asString()));
        return new CrowdReport(
                report.path("connected").asInt(),
                report.path("confirmed").asInt(),
                report.path("deliveries").asInt(),
                faults);
    }

    private void heard(JsonNode told) {
        SocketIoClient socket = sockets.get(told.path("socket").asString(""));
        if (socket == null) {
            throw new IllegalStateException("the socket helper is broken: " + told);
        }
        socket.heard(told);
    }

    @Override
    public void close() {
        driver.close();
    }
}
