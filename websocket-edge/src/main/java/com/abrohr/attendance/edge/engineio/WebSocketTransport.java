package com.abrohr.attendance.edge.engineio;

import jakarta.websocket.Session;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One WebSocket as the transport of a session, or one that asks to become it: what the container
 * reads goes to the session as packets, what the session sends goes to its {@link WebSocketWriter}.
 */
final class WebSocketTransport implements WebSocketHandler {
    // Names of org.apache.tomcat.websocket.Constants; other containers ignore them.
    private static final String BLOCKING_SEND_TIMEOUT =
            "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
    private static final String SESSION_CLOSE_TIMEOUT =
            "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";
    private static final String ABNORMAL_CLOSE_SEND_TIMEOUT =
            "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";

    /** Characters or bytes; some tens of microseconds of work. */
    private static final int READ_BEFORE_YIELD = 8_192;

    /** What a message without content costs, in the same measure. */
    private static final int MESSAGE_COST = 64;

    /**
     * Tomcat closes with these as soon as a frame breaks the rules, and then the socket at once.
     */
    private static final Set<Integer> CLOSED_BY_TOMCAT = Set.of(1002, 1003, 1007, 1009);

    private final EngineServer server;

    /** Null where a session keeps it. */
    private @Nullable Handshake handshake;

    private final @Nullable String sid;
    private final WebSocketWriter writer;
    private final MessageAssembler messages;
    private volatile @Nullable WebSocketSession socket;
    private volatile @Nullable EngineSession session;
    private volatile @Nullable WebSocketUpgradeHandler connection;
    private volatile boolean closeFrameWritten;
    private int bytesAfterClose;
    private int readSinceYield;

    /** The socket broke, perhaps before its session was known. */
    private volatile boolean lost;

    /**
     * @param sid the polling session that this socket asks to take over, null for a new one
     */
    WebSocketTransport(EngineServer server, Handshake handshake, @Nullable String sid) {
        this.server = server;
        this.handshake = sid == null ? handshake : null;
        this.sid = sid;
        writer = new WebSocketWriter(this, server);
        messages = new MessageAssembler(server.settings().maxPayload());
    }

    /** Comes before everything else. */
    void runsOver(WebSocketUpgradeHandler upgraded) {
        connection = upgraded;
        upgraded.serve(this);
    }

    WebSocketUpgradeHandler connection() {
        return Objects.requireNonNull(connection, "runs over Tomcat");
    }

    WebSocketWriter writer() {
        return writer;
    }

    /** Reads when the limiter of the client permits it. */
    <T> T withPermit(Supplier<T> reading) {
        EngineSession target = session;
        return target == null ? reading.get() : target.memory().withPermit(reading);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession established) {
        socket = established;
        server.shutdown().register();
        configure(
                Objects.requireNonNull(
                        ((NativeWebSocketSession) established).getNativeSession(Session.class)));
        if (sid == null) {
            session = server.open(Objects.requireNonNull(handshake), this);
            handshake = null;
            if (session == null) {
                // Since its handshake the limit was reached, or the server has begun to stop.
                writer.close(CloseReason.SERVER_SHUTDOWN);
            }
        } else {
            EngineSession polling = server.find(sid);
            if (polling == null) {
                writer.close(CloseReason.UNKNOWN_SESSION);
            } else {
                session = polling;
                polling.upgrade().offer(this);
            }
        }
        if (lost) {
            lost();
        }
    }

    private static void configure(Session tomcat) {
        // From the beginning, because Tomcat closes by itself when a frame breaks the rules. Of its
        // 50 ms nothing is left when a message is just being written: it sleeps as long as that
        // before it looks again, and drops the close frame.
        var properties = tomcat.getUserProperties();
        properties.put(ABNORMAL_CLOSE_SEND_TIMEOUT, WebSocketWriter.CLOSE_MILLIS);
        properties.put(SESSION_CLOSE_TIMEOUT, WebSocketUpgradeHandler.LINGER_MILLIS);
        // The container blocks only for its control frames; our writes wait for them.
        properties.put(BLOCKING_SEND_TIMEOUT, WebSocketWriter.CLOSE_MILLIS);
    }

    @Override
    public void handleMessage(WebSocketSession from, WebSocketMessage<?> message) {
        if (closeFrameWritten) {
            discard(message.getPayloadLength());
            return;
        }
        EngineSession target = session;
        if (target == null) {
            return;
        }
        yieldToOthers(target, message.getPayloadLength());
        try {
            switch (message) {
                case TextMessage part -> received(target, part);
                case BinaryMessage part -> received(target, part);
                default -> {
                    // Pongs of the WebSocket itself mean nothing here.
                }
            }
        } catch (MessageAssembler.RefusedException e) {
            target.failed(this, e.reason());
        } catch (InvalidPacketException e) {
            target.failed(this, CloseReason.INVALID_PACKET);
        }
    }

    private void received(EngineSession target, TextMessage part)
            throws MessageAssembler.RefusedException, InvalidPacketException {
        String whole = messages.add(part.getPayload(), part.isLast(), target.memory());
        if (whole == null) {
            return;
        }
        int bytes = OutboundMessage.utf8Length(whole);
        if (bytes > server.settings().maxPayload()) {
            target.failed(this, CloseReason.PAYLOAD_TOO_LARGE);
        } else {
            target.received(this, InboundPacket.parse(whole), bytes);
        }
    }

    private void received(EngineSession target, BinaryMessage part)
            throws MessageAssembler.RefusedException {
        byte[] whole = messages.add(part.getPayload(), part.isLast(), target.memory());
        if (whole != null) {
            target.received(this, new InboundPacket.Binary(whole), whole.length);
        }
    }

    /** Tomcat reads on for as long as there is something to read. */
    @SuppressWarnings("ThreadPriorityCheck")
    private void yieldToOthers(EngineSession target, int length) {
        readSinceYield += MESSAGE_COST + length;
        if (readSinceYield > READ_BEFORE_YIELD) {
            readSinceYield = 0;
            ConcurrencyLimiter limiter = target.memory().limiter();
            if (limiter != null) {
                ConcurrencyLimiter.reacquireCurrent(limiter);
            }
            Thread.yield();
        }
    }

    /** Tomcat reads on until the client answers the close frame, so nothing is left unread. */
    private void discard(int length) {
        bytesAfterClose += length;
        WebSocketUpgradeHandler open = connection;
        if (open != null && bytesAfterClose > WebSocketUpgradeHandler.LINGER_BYTES) {
            open.abort();
        }
    }

    @Override
    public void handleTransportError(WebSocketSession from, Throwable exception) {
        lost();
    }

    @Override
    public void afterConnectionClosed(WebSocketSession from, CloseStatus status) {
        lost();
        WebSocketUpgradeHandler open = connection;
        if (open != null) {
            closeFrameWritten = true;
            if (CLOSED_BY_TOMCAT.contains(status.getCode())) {
                open.linger();
            }
            server.shutdown().closeFrameWritten(open);
        }
        server.shutdown().deregister();
    }

    void lost() {
        lost = true;
        EngineSession target = session;
        if (target != null) {
            target.failed(this, CloseReason.TRANSPORT_LOST);
        }
        writer.lost();
    }

    @Override
    public boolean supportsPartialMessages() {
        // The container keeps only small buffers for idle sockets; see MessageAssembler.
        return true;
    }

    /** Called once, by the writer, which writes nothing more. */
    void closeSocket(CloseReason reason) {
        EngineSession target = session;
        messages.close(target == null ? null : target.memory());
        WebSocketSession open = socket;
        if (open != null) {
            // The container's close blocks until its frame is written.
            Thread.ofVirtual().name("close").start(() -> close(open, reason));
        }
    }

    private static void close(WebSocketSession open, CloseReason reason) {
        try {
            // 1006 may not be sent (RFC 6455, 7.4.1).
            open.close(
                    new CloseStatus(reason.code() == 1006 ? 1001 : reason.code(), reason.text()));
        } catch (IOException | RuntimeException e) {
            // It was closed already.
        }
    }
}
