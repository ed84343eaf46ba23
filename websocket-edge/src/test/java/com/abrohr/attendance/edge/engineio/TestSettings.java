package com.abrohr.attendance.edge.engineio;

import org.springframework.boot.context.properties.bind.Binder;

import java.time.Duration;
import java.util.Set;

/** The settings of an endpoint under test; those of the product unless a test changes them. */
public final class TestSettings {

    private String path = EngineIoSettings.PATH;
    private Duration pingInterval = Duration.ofSeconds(25);
    private Duration pingTimeout = Duration.ofSeconds(20);
    private int maxPayload = 65_536;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration upgradeTimeout = Duration.ofSeconds(10);
    private Set<String> allowedOrigins = Set.of();
    private EngineLimits limits = new Binder().bindOrCreate("limits", EngineLimits.class);
    private String node = "";

    public TestSettings withPath(String value) {
        path = value;
        return this;
    }

    public TestSettings withHeartbeat(Duration interval, Duration timeout) {
        pingInterval = interval;
        pingTimeout = timeout;
        return this;
    }

    public TestSettings withMaxPayload(int bytes) {
        maxPayload = bytes;
        return this;
    }

    public TestSettings withConnectTimeout(Duration value) {
        connectTimeout = value;
        return this;
    }

    public TestSettings withUpgradeTimeout(Duration value) {
        upgradeTimeout = value;
        return this;
    }

    public TestSettings withAllowedOrigins(Set<String> origins) {
        allowedOrigins = origins;
        return this;
    }

    public TestSettings withLimits(EngineLimits value) {
        limits = value;
        return this;
    }

    public TestSettings withNode(String name) {
        node = name;
        return this;
    }

    public EngineIoSettings build() {
        return new EngineIoSettings(
                path,
                pingInterval,
                pingTimeout,
                maxPayload,
                connectTimeout,
                upgradeTimeout,
                allowedOrigins,
                limits,
                node);
    }
}
