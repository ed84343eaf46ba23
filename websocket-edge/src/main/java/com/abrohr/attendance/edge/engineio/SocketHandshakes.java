package com.abrohr.attendance.edge.engineio;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.server.ServerContainer;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.AbstractHandshakeHandler;

import java.util.List;

/** WebSocket handshakes whose sockets cost little while they are idle. */
final class SocketHandshakes extends AbstractHandshakeHandler {

    SocketHandshakes() {
        super(new SmallBuffers());
    }

    /**
     * Without permessage-deflate: a compression context costs more than all the rest of an idle
     * socket.
     */
    @Override
    protected List<WebSocketExtension> filterRequestedExtensions(
            ServerHttpRequest request,
            List<WebSocketExtension> requested,
            List<WebSocketExtension> supported) {
        return List.of();
    }

    private static final class SmallBuffers extends StandardWebSocketUpgradeStrategy {

        /**
         * Characters or bytes; longer messages arrive in parts and are put together by {@link
         * WebSocketLink}.
         */
        private static final int PART = 512;

        @Override
        protected ServerContainer getContainer(HttpServletRequest request) {
            ServerContainer container = super.getContainer(request);
            if (container.getDefaultMaxTextMessageBufferSize() != PART) {
                container.setDefaultMaxTextMessageBufferSize(PART);
                container.setDefaultMaxBinaryMessageBufferSize(PART);
            }
            return container;
        }
    }
}
