package com.abrohr.attendance.edge.engineio;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Mounts endpoints, each with and without the last slash of its path, before every other mapping. A
 * bean of this type in a Spring MVC application is all that is needed.
 */
public final class EngineIoHandlerMapping extends SimpleUrlHandlerMapping {
    public EngineIoHandlerMapping(Collection<EngineServer> servers) {
        WebSocketHandshakeHandler handshakes = new WebSocketHandshakeHandler();
        Map<String, Object> handlers = new HashMap<>();
        for (EngineServer server : servers) {
            EngineIoHttpHandler handler = new EngineIoHttpHandler(server, handshakes);
            String path = server.settings().path();
            handlers.put(path, handler);
            handlers.put(path.substring(0, path.length() - 1), handler);
        }
        setUrlMap(handlers);
        setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
    }

    /**
     * The endpoint answers preflights itself; Spring would refuse them because it knows no CORS
     * rules for it.
     */
    @Override
    protected HandlerExecutionChain getCorsHandlerExecutionChain(
            HttpServletRequest request,
            HandlerExecutionChain chain,
            @Nullable CorsConfiguration config) {
        return chain;
    }
}
