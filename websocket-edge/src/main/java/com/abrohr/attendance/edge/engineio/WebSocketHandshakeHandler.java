package com.abrohr.attendance.edge.engineio;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.websocket.server.ServerContainer;

import org.apache.tomcat.websocket.server.WsHttpUpgradeHandler;
import org.apache.tomcat.websocket.server.WsServerContainer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.AbstractHandshakeHandler;

import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;

/** WebSocket handshakes whose sockets cost little while they are idle. */
final class WebSocketHandshakeHandler extends AbstractHandshakeHandler {
    WebSocketHandshakeHandler() {
        super(new UncompressedUpgradeStrategy());
    }

    private static final class UncompressedUpgradeStrategy
            extends StandardWebSocketUpgradeStrategy {
        /**
         * Characters; longer messages arrive in parts and are put together by {@link
         * MessageAssembler}.
         */
        private static final int TEXT_PART = 256;

        /** Bytes; the same, and nothing that a client of ours sends is binary. */
        private static final int BINARY_PART = 64;

        @Override
        protected ServerContainer getContainer(HttpServletRequest request) {
            ServerContainer container = super.getContainer(request);
            if (container.getDefaultMaxTextMessageBufferSize() != TEXT_PART) {
                container.setDefaultMaxTextMessageBufferSize(TEXT_PART);
                container.setDefaultMaxBinaryMessageBufferSize(BINARY_PART);
                if (container instanceof WsServerContainer tomcat) {
                    // Seconds between looks at clients that do not answer a close frame.
                    tomcat.setProcessPeriod(1);
                }
            }
            return container;
        }

        /**
         * Without permessage-deflate: a compression context costs more than all the rest of an idle
         * socket. Tomcat takes up what the client offers whatever the handshake handler selects, so
         * the offer is hidden from it.
         */
        @Override
        public void upgrade(
                ServerHttpRequest request,
                ServerHttpResponse response,
                @Nullable String subProtocol,
                List<WebSocketExtension> extensions,
                @Nullable Principal user,
                WebSocketHandler handler,
                Map<String, Object> attributes) {
            super.upgrade(
                    new ServletServerHttpRequest(
                            new SlimRequest(getHttpServletRequest(request), handler)),
                    response,
                    subProtocol,
                    List.of(),
                    user,
                    handler,
                    attributes);
        }
    }

    private static final class SlimRequest extends HttpServletRequestWrapper {
        private final WebSocketHandler handler;

        private SlimRequest(HttpServletRequest request, WebSocketHandler handler) {
            super(request);
            this.handler = handler;
        }

        // Spring and Tomcat keep copies of these for as long as a socket lives, tokens too.

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.emptyEnumeration();
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }

        @Override
        public @Nullable String getQueryString() {
            return null;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(WebSocketHttpHeaders.SEC_WEBSOCKET_EXTENSIONS)
                    ? Collections.emptyEnumeration()
                    : super.getHeaders(name);
        }

        @Override
        public <T extends HttpUpgradeHandler> T upgrade(Class<T> type)
                throws IOException, ServletException {
            if (type != WsHttpUpgradeHandler.class
                    || !(handler instanceof WebSocketTransport transport)) {
                return super.upgrade(type);
            }
            WebSocketUpgradeHandler connection = super.upgrade(WebSocketUpgradeHandler.class);
            transport.runsOver(connection);
            return type.cast(connection);
        }
    }
}
