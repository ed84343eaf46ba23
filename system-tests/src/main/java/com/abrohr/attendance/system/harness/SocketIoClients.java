package com.abrohr.attendance.system.harness;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Sockets opened with the real socket.io-client from npm, in one Node process. */
public final class SocketIoClients implements AutoCloseable {
    private final Map<String, SocketIoClient> sockets = new ConcurrentHashMap<>();
    private final AtomicInteger names = new AtomicInteger();
    private final NodeProcess node = new NodeProcess("clients.mjs", this::heard);

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
        var socket = new SocketIoClient(name, node);
        sockets.put(name, socket);
        node.tell("open", Map.of("socket", name, "url", url.toString(), "options", all));
        return socket;
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
        node.close();
    }
}
