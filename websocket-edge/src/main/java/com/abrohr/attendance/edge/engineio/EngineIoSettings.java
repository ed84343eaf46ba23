package com.abrohr.attendance.edge.engineio;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Everything that can be tuned about one Engine.IO endpoint.
 *
 * @param path where clients connect, with a slash at both ends; it is served without the last one
 *     too
 * @param pingInterval from a pong to the next ping
 * @param pingTimeout how long a client may take to answer a ping
 * @param maxPayload bytes of one WebSocket message or one POST body that a client may send
 * @param connectTimeout how long a connection may live without having joined a namespace
 * @param upgradeTimeout how long a WebSocket that wants to take over a polling session may take
 * @param allowedOrigins origins of other sites that browsers may connect from ("*" for any); the
 *     site's own and clients without an Origin header are always allowed
 * @param limits how much clients may take of the node
 * @param node what each sid begins with, followed by a dot, so that a proxy can send each request
 *     of a polling client to the node that knows it; empty: sids name no node
 */
public record EngineIoSettings(
        String path,
        Duration pingInterval,
        Duration pingTimeout,
        int maxPayload,
        Duration connectTimeout,
        Duration upgradeTimeout,
        Set<String> allowedOrigins,
        EngineLimits limits,
        String node) {

    /** The path of Socket.IO clients unless they are given another. */
    public static final String PATH = "/socket.io/";

    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9_-]{0,32}");

    public EngineIoSettings {
        allowedOrigins = Set.copyOf(allowedOrigins);
        if (!path.startsWith("/") || !path.endsWith("/")) {
            throw new IllegalArgumentException("path must start and end with a slash: " + path);
        }
        if (pingInterval.toMillis() <= 0
                || pingTimeout.toMillis() <= 0
                || connectTimeout.toMillis() <= 0
                || upgradeTimeout.toMillis() <= 0) {
            throw new IllegalArgumentException("intervals and time-outs must be positive");
        }
        if (maxPayload <= 0) {
            throw new IllegalArgumentException("maxPayload must be positive");
        }
        if (!NODE.matcher(node).matches()) {
            throw new IllegalArgumentException(
                    "node takes up to 32 letters, digits, dashes and underscores: " + node);
        }
    }
}
