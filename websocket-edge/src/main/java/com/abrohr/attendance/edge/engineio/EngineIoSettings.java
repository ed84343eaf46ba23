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
 *     site's own and clients without an Origin header are always let in
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

    /** The product's values at {@code /socket.io/}, with no foreign origin allowed. */
    public static EngineIoSettings defaults() {
        return new EngineIoSettings(
                "/socket.io/",
                Duration.ofSeconds(25),
                Duration.ofSeconds(20),
                65_536,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Set.of(),
                EngineLimits.defaults(),
                "");
    }

    public EngineIoSettings withPath(String value) {
        return new EngineIoSettings(
                value,
                pingInterval,
                pingTimeout,
                maxPayload,
                connectTimeout,
                upgradeTimeout,
                allowedOrigins,
                limits,
                node);
    }

    public EngineIoSettings withHeartbeat(Duration interval, Duration timeout) {
        return new EngineIoSettings(
                path,
                interval,
                timeout,
                maxPayload,
                connectTimeout,
                upgradeTimeout,
                allowedOrigins,
                limits,
                node);
    }

    public EngineIoSettings withMaxPayload(int bytes) {
        return new EngineIoSettings(
                path,
                pingInterval,
                pingTimeout,
                bytes,
                connectTimeout,
                upgradeTimeout,
                allowedOrigins,
                limits,
                node);
    }

    public EngineIoSettings withConnectTimeout(Duration value) {
        return new EngineIoSettings(
                path,
                pingInterval,
                pingTimeout,
                maxPayload,
                value,
                upgradeTimeout,
                allowedOrigins,
                limits,
                node);
    }

    public EngineIoSettings withAllowedOrigins(Set<String> origins) {
        return new EngineIoSettings(
                path,
                pingInterval,
                pingTimeout,
                maxPayload,
                connectTimeout,
                upgradeTimeout,
                origins,
                limits,
                node);
    }

    public EngineIoSettings withLimits(EngineLimits value) {
        return new EngineIoSettings(
                path,
                pingInterval,
                pingTimeout,
                maxPayload,
                connectTimeout,
                upgradeTimeout,
                allowedOrigins,
                value,
                node);
    }

    public EngineIoSettings withNode(String name) {
        return new EngineIoSettings(
                path,
                pingInterval,
                pingTimeout,
                maxPayload,
                connectTimeout,
                upgradeTimeout,
                allowedOrigins,
                limits,
                name);
    }
}
