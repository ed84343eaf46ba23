package com.abrohr.attendance.system.harness;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The frontend of the guide, served from an origin of its own; see guide-frontend/README.md. */
public final class GuideFrontend implements AutoCloseable {
    private final ScriptProcess node = ScriptProcess.node("guide-frontend.mjs", told -> {});
    private final URI origin;

    /**
     * @param origin http://localhost with a free port
     * @param server what REACT_APP_WS_URL is while it is built
     */
    public GuideFrontend(URI origin, URI server) {
        this.origin = origin;
        try {
            ScriptProcess.await(
                    node.ask("serve", Map.of("wsUrl", server.toString(), "port", origin.getPort())),
                    Duration.ofSeconds(60));
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    /** The page of one employee. */
    public URI page(String employeeId) {
        return origin.resolve("/?employeeId=" + employeeId);
    }

    @Override
    public void close() {
        node.close();
    }
}
