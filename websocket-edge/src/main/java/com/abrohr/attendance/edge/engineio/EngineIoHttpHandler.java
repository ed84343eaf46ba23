package com.abrohr.attendance.edge.engineio;

import com.abrohr.attendance.edge.engineio.HttpResponses.Problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.HandshakeHandler;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Every HTTP request of one endpoint: polling, and the handshake of a WebSocket. */
final class EngineIoHttpHandler implements HttpRequestHandler {
    /**
     * Bytes of a POST. The clients for Java and Python put all that they have queued into one,
     * whatever maxPayload says.
     */
    private static final int MAX_BODY = 1 << 20;

    private static final Logger log = LoggerFactory.getLogger(EngineIoHttpHandler.class);
    private static final int MAX_KEPT_HEADER = 8_192;

    private final EngineServer server;
    private final HandshakeHandler handshakes;
    private final CorsPolicy cors;

    EngineIoHttpHandler(EngineServer server, HandshakeHandler handshakes) {
        this.server = server;
        this.handshakes = handshakes;
        this.cors = new CorsPolicy(server.settings().allowedOrigins());
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!cors.admit(request, response)) {
            HttpResponses.refuse(response, Problem.FORBIDDEN);
            return;
        }
        if (request.getMethod().equals("OPTIONS")) {
            cors.preflight(request, response);
            return;
        }
        EngineQuery query = EngineQuery.of(request.getQueryString());
        Problem problem = check(query, request);
        if (problem != null) {
            HttpResponses.refuse(response, problem);
        } else if (query.webSocket()) {
            upgrade(query, request, response);
        } else if (query.sid() == null) {
            open(request, response);
        } else {
            exchange(query.sid(), request, response);
        }
    }

    private @Nullable Problem check(EngineQuery query, HttpServletRequest request) {
        if (!query.version4()) {
            return Problem.UNSUPPORTED_VERSION;
        }
        if (!query.polling() && !query.webSocket()) {
            return Problem.UNKNOWN_TRANSPORT;
        }
        boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        if (query.webSocket() != upgrade || query.jsonp()) {
            return Problem.BAD_REQUEST;
        }
        if (query.sid() == null) {
            if (!request.getMethod().equals("GET")) {
                return Problem.BAD_METHOD;
            }
            if (!server.acceptsSessionFrom(request.getRemoteAddr())) {
                return Problem.UNAVAILABLE;
            }
        }
        return null;
    }

    private void upgrade(
            EngineQuery query, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        EngineSession upgrading = query.sid() == null ? null : server.find(query.sid());
        if (upgrading != null) {
            upgrading.upgrade().announce();
        }
        ServletServerHttpResponse wrapped = new ServletServerHttpResponse(response);
        try {
            handshakes.doHandshake(
                    new ServletServerHttpRequest(request),
                    wrapped,
                    new WebSocketTransport(server, handshake(request), query.sid()),
                    Map.of());
            wrapped.close();
        } catch (HandshakeFailureException e) {
            log.debug("No WebSocket: {}", e.toString());
            if (!response.isCommitted()) {
                HttpResponses.refuse(response, Problem.BAD_REQUEST);
            }
        }
    }

    private void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        EngineSession session = server.open(handshake(request), null);
        if (session == null) {
            HttpResponses.refuse(response, Problem.UNAVAILABLE);
            return;
        }
        String payload = '0' + server.openPayload(session.id(), "\"websocket\"");
        HttpResponses.text(response, OutboundMessage.utf8(payload));
    }

    private void exchange(String sid, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        EngineSession session = server.find(sid);
        if (session == null) {
            if (request.getMethod().equals("GET") && server.ended().takeFinalPoll(sid)) {
                HttpResponses.text(response, OutboundMessage.utf8("6"));
                return;
            }
            CloseReason reason = server.ended().reason(sid);
            HttpResponses.refuse(
                    response, reason == null ? Problem.UNKNOWN_SESSION : Problem.closed(reason));
            return;
        }
        switch (request.getMethod()) {
            case "GET" -> {
                // Longer than any heartbeat lets a request wait.
                long timeout =
                        2
                                * (server.settings().pingInterval().toMillis()
                                        + server.settings().pingTimeout().toMillis());
                if (session.memory().tryReserve(PendingPoll.BYTES)) {
                    session.polling().poll(new PendingPoll(request.startAsync(), session, timeout));
                } else {
                    session.close(CloseReason.INBOUND_OVERFLOW);
                    HttpResponses.refuse(response, Problem.UNAVAILABLE);
                }
            }
            case "POST" -> {
                Problem problem = session.polling().startPost();
                if (problem == null) {
                    try {
                        problem = receive(session, request);
                    } catch (PostBody.Refused e) {
                        // What is left of the body the container reads, until request-time at most.
                        HttpResponses.refuse(response, e.problem());
                        return;
                    } finally {
                        session.polling().endPost();
                    }
                }
                if (problem != null) {
                    HttpResponses.refuse(response, problem);
                } else {
                    HttpResponses.text(response, OutboundMessage.utf8("ok"));
                }
            }
            default -> HttpResponses.refuse(response, Problem.BAD_METHOD);
        }
    }

    private @Nullable Problem receive(EngineSession session, HttpServletRequest request)
            throws IOException, PostBody.Refused {
        EngineIoSettings settings = server.settings();
        try (PostBody reading = new PostBody(session, request)) {
            byte[] body =
                    reading.read(Math.max(MAX_BODY, settings.maxPayload()), settings.pingTimeout());
            if (longestPacket(body) > settings.maxPayload()) {
                session.close(CloseReason.PAYLOAD_TOO_LARGE);
                return Problem.TOO_LARGE;
            }
            String type = request.getContentType();
            if (type != null && type.startsWith("application/octet-stream")) {
                throw new InvalidPacketException("binary body");
            }
            List<InboundPacket> packets = InboundPacket.parsePayload(decode(body));
            int share = body.length / packets.size();
            packets.forEach(packet -> session.received(packet, share));
        } catch (InvalidPacketException e) {
            session.close(CloseReason.INVALID_PACKET);
            return Problem.BAD_REQUEST;
        }
        session.awaitHandled();
        CloseReason ended = session.closeReason();
        return ended != null && ended.equals(CloseReason.INBOUND_OVERFLOW)
                ? Problem.closed(ended)
                : null;
    }

    private static int longestPacket(byte[] body) {
        int longest = 0;
        int start = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == InboundPacket.SEPARATOR) {
                longest = Math.max(longest, i - start);
                start = i + 1;
            }
        }
        return Math.max(longest, body.length - start);
    }

    private static String decode(byte[] body) throws InvalidPacketException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidPacketException("not UTF-8");
        }
    }

    private static Handshake handshake(HttpServletRequest request) {
        String query = request.getQueryString();
        return new Handshake(
                request.getRemoteAddr(),
                header(request, "Origin", 256),
                header(request, "User-Agent", 256),
                header(request, "Authorization", MAX_KEPT_HEADER),
                query == null ? "" : query);
    }

    private static @Nullable String header(HttpServletRequest request, String name, int longest) {
        String value = request.getHeader(name);
        return value == null || value.length() <= longest ? value : value.substring(0, longest);
    }
}
