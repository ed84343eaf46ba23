package com.abrohr.attendance.edge.engineio;

import jakarta.websocket.Session;

import org.apache.tomcat.util.net.SocketWrapperBase.CompletionState;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.nio.channels.WritePendingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One WebSocket: puts arriving fragments together, which the container has parsed, and writes
 * frames that are shared with other sockets, at most one write at a time.
 */
final class WebSocketLink implements WebSocketHandler {

    // Names of org.apache.tomcat.websocket.Constants; other containers ignore them.
    private static final String BLOCKING_SEND_TIMEOUT =
            "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
    private static final String SESSION_CLOSE_TIMEOUT =
            "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";
    private static final String ABNORMAL_CLOSE_SEND_TIMEOUT =
            "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";
    private static final long CLOSE_MILLIS = 1_000;

    /** Most of one write, so that what comes meanwhile is not kept waiting for long. */
    private static final int WRITE_BYTES = 1 << 16;

    private static final int WRITE_PACKETS = 64;

    /** Characters or bytes; some tens of microseconds of work. */
    private static final int READ_BEFORE_YIELD = 8_192;

    /** What a message without content costs, in the same measure. */
    private static final int MESSAGE_COST = 64;

    private static final long RETRY_MILLIS = 20;
    private static final int MAX_RETRIES = 500;

    /**
     * Tomcat closes with these as soon as a frame breaks the rules, and then the socket at once.
     */
    private static final Set<Integer> TOMCATS_OWN = Set.of(1002, 1003, 1007, 1009);

    private final EngineServer server;

    /** Null where a session keeps it. */
    private @Nullable Handshake handshake;

    private final @Nullable String sid;
    private volatile @Nullable WebSocketSession socket;
    private volatile @Nullable EngineSession session;
    private volatile @Nullable LingeringUpgrade connection;
    private int bytesAfterClose;
    private int readSinceYield;

    // Guarded by this.
    private @Nullable StringBuilder text;
    private @Nullable ByteArrayOutputStream binary;
    private long partBytes;
    private final ArrayDeque<EnginePacket> own = new ArrayDeque<>(2);
    private @Nullable EngineSession source;
    private boolean writing;
    private @Nullable CloseReason closing;
    private boolean closeStarted;

    private volatile boolean closeFrameWritten;

    /** The socket broke, perhaps before it was known whose it is. */
    private volatile boolean lost;

    /**
     * @param sid the polling session that this socket wants to take over, null for a new one
     */
    WebSocketLink(EngineServer server, Handshake handshake, @Nullable String sid) {
        this.server = server;
        this.handshake = sid == null ? handshake : null;
        this.sid = sid;
    }

    /** Comes before everything else. */
    void runsOver(LingeringUpgrade upgraded) {
        connection = upgraded;
        upgraded.serves(this);
    }

    /** Reads when it is the turn of those who are counted with the client. */
    <T> T inTurn(Supplier<T> reading) {
        EngineSession target = session;
        return target == null ? reading.get() : target.inTurn(reading);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession established) {
        socket = established;
        server.undisposed();
        Session tomcat = Objects.requireNonNull(tomcat(established));
        // From the beginning, because Tomcat closes by itself when a frame breaks the rules. Of its
        // 50 ms nothing is left when a message is just being written: it sleeps as long as that
        // before it looks again, and drops the close frame.
        tomcat.getUserProperties().put(ABNORMAL_CLOSE_SEND_TIMEOUT, CLOSE_MILLIS);
        tomcat.getUserProperties().put(SESSION_CLOSE_TIMEOUT, LingeringUpgrade.LINGER_MILLIS);
        // The container blocks only for its control frames; others wait for their turn meanwhile.
        tomcat.getUserProperties().put(BLOCKING_SEND_TIMEOUT, CLOSE_MILLIS);
        if (sid == null) {
            session = server.open(Objects.requireNonNull(handshake), this);
            handshake = null;
            if (session == null) {
                // Since its handshake the last place was taken, or the server has begun to stop.
                close(CloseReason.SERVER_SHUTDOWN);
            }
        } else {
            EngineSession polling = server.find(sid);
            if (polling == null) {
                close(CloseReason.UNKNOWN_SESSION);
            } else {
                session = polling;
                polling.offerUpgrade(this);
            }
        }
        if (lost) {
            lost();
        }
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
        letOthersGoOn(target, message.getPayloadLength());
        switch (message) {
            case TextMessage part -> textPart(target, part.getPayload(), part.isLast());
            case BinaryMessage part -> binaryPart(target, part.getPayload(), part.isLast());
            default -> {
                // Pongs of the WebSocket itself mean nothing here.
            }
        }
    }

    /** Tomcat reads on for as long as there is something to read. */
    private void letOthersGoOn(EngineSession target, int length) {
        readSinceYield += MESSAGE_COST + length;
        if (readSinceYield > READ_BEFORE_YIELD) {
            readSinceYield = 0;
            Turns turns = target.holding().turns();
            if (turns != null) {
                Turns.moveCurrent(turns);
            }
            Thread.yield();
        }
    }

    /** Tomcat reads on until the client answers the close frame, so nothing is left unread. */
    private void discard(int length) {
        bytesAfterClose += length;
        LingeringUpgrade open = connection;
        if (open != null && bytesAfterClose > LingeringUpgrade.LINGER_BYTES) {
            open.breakOff();
        }
    }

    private void textPart(EngineSession target, String part, boolean last) {
        String whole;
        try {
            whole = whole(target, part, last);
        } catch (RefusedPart e) {
            target.failed(this, e.reason);
            return;
        }
        if (whole == null) {
            return;
        }
        int bytes = OutboundMessage.utf8Length(whole);
        if (bytes > maxPayload()) {
            target.failed(this, CloseReason.PAYLOAD_TOO_LARGE);
            return;
        }
        try {
            target.received(this, InboundPacket.parse(whole), bytes);
        } catch (InvalidPacketException e) {
            target.failed(this, CloseReason.INVALID_PACKET);
        }
    }

    /** The message that a part completes, null while more is to come. */
    private synchronized @Nullable String whole(EngineSession target, String part, boolean last)
            throws RefusedPart {
        StringBuilder before = text;
        if (closeStarted) {
            return null;
        }
        if ((before == null ? 0 : before.length()) + part.length() > maxPayload()) {
            forgetParts();
            throw new RefusedPart(CloseReason.PAYLOAD_TOO_LARGE);
        }
        if (last && before == null) {
            return part;
        }
        StringBuilder collected = before == null ? new StringBuilder(part.length() * 2) : before;
        collected.append(part);
        if (last) {
            forgetParts();
            return collected.toString();
        }
        text = collected;
        // Two bytes a character as soon as one of them needs both.
        holdParts(target, 2L * collected.capacity());
        return null;
    }

    private void binaryPart(EngineSession target, ByteBuffer part, boolean last) {
        byte[] whole;
        try {
            whole = whole(target, part, last);
        } catch (RefusedPart e) {
            target.failed(this, e.reason);
            return;
        }
        if (whole != null) {
            target.received(this, new InboundPacket.Binary(whole), whole.length);
        }
    }

    private synchronized byte @Nullable [] whole(
            EngineSession target, ByteBuffer part, boolean last) throws RefusedPart {
        if (closeStarted) {
            return null;
        }
        ByteArrayOutputStream collected = binary == null ? new ByteArrayOutputStream() : binary;
        if (collected.size() + part.remaining() > maxPayload()) {
            forgetParts();
            throw new RefusedPart(CloseReason.PAYLOAD_TOO_LARGE);
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        collected.writeBytes(bytes);
        if (last) {
            forgetParts();
            return collected.toByteArray();
        }
        binary = collected;
        // Its buffer doubles.
        holdParts(target, 2L * collected.size());
        return null;
    }

    /** The lock is held. */
    private void holdParts(EngineSession target, long bytes) throws RefusedPart {
        if (!target.holding().grow(bytes - partBytes)) {
            forgetParts();
            throw new RefusedPart(CloseReason.INBOUND_OVERFLOW);
        }
        partBytes = bytes;
    }

    /** The lock is held. */
    private void forgetParts() {
        text = null;
        binary = null;
        EngineSession target = session;
        if (partBytes > 0 && target != null) {
            target.holding().shrink(partBytes);
        }
        partBytes = 0;
    }

    private static final class RefusedPart extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient CloseReason reason;

        RefusedPart(CloseReason reason) {
            super(reason.text(), null, false, false);
            this.reason = reason;
        }
    }

    private static @Nullable Session tomcat(WebSocketSession open) {
        return ((NativeWebSocketSession) open).getNativeSession(Session.class);
    }

    private int maxPayload() {
        return server.settings().maxPayload();
    }

    @Override
    public void handleTransportError(WebSocketSession from, Throwable exception) {
        lost();
    }

    @Override
    public void afterConnectionClosed(WebSocketSession from, CloseStatus status) {
        lost();
        LingeringUpgrade open = connection;
        if (open != null) {
            closeFrameWritten = true;
            if (TOMCATS_OWN.contains(status.getCode())) {
                open.linger();
            }
            server.ending(open);
        }
        server.disposed();
    }

    private void lost() {
        lost = true;
        EngineSession target = session;
        if (target != null) {
            target.failed(this, CloseReason.TRANSPORT_LOST);
        }
        synchronized (this) {
            if (closing != null) {
                startClosing(closing);
            }
        }
    }

    @Override
    public boolean supportsPartialMessages() {
        // Messages are put together here, so that the container keeps only small buffers for idle
        // sockets.
        return true;
    }

    /** Writes a packet before anything that waits in the session. */
    void sendNow(EnginePacket packet) {
        synchronized (this) {
            own.add(packet);
        }
        pump();
    }

    /** From now on what waits in the session goes out here. */
    void startFrom(EngineSession feeding) {
        synchronized (this) {
            source = feeding;
        }
        pump();
    }

    /** Writes what waits unless something is being written. */
    void pump() {
        Write next = next();
        while (next != null && next.begin()) {
            next = next();
        }
    }

    private synchronized @Nullable Write next() {
        if (writing || closeStarted) {
            return null;
        }
        EngineSession from = own.isEmpty() ? source : null;
        List<EnginePacket> packets = new ArrayList<>(1);
        int bytes = 0;
        while (bytes < WRITE_BYTES && packets.size() < WRITE_PACKETS) {
            EnginePacket packet = from == null ? own.poll() : from.take();
            if (packet == null) {
                break;
            }
            packets.add(packet);
            bytes += packet.bytes();
        }
        if (packets.isEmpty()) {
            if (closing != null) {
                startClosing(closing);
            }
            return null;
        }
        writing = true;
        return new Write(packets, from);
    }

    /** Some packets on their way into the socket, in one gathered write. */
    private final class Write implements CompletionHandler<Long, @Nullable Void> {
        private final List<EnginePacket> packets;
        private final @Nullable EngineSession from;
        private int retries;

        Write(List<EnginePacket> packets, @Nullable EngineSession from) {
            this.packets = packets;
            this.from = from;
        }

        /** Answers whether all is written; else this goes on by itself. */
        boolean begin() {
            ByteBuffer[] frames = new ByteBuffer[packets.size()];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = ByteBuffer.wrap(packets.get(i).frame());
            }
            CompletionState state;
            try {
                state = Objects.requireNonNull(connection, "runs over Tomcat").write(frames, this);
            } catch (RuntimeException e) {
                // Whoever tells others as well must not hear of a container that is shutting down.
                failed(e, null);
                return false;
            }
            if (state == CompletionState.INLINE) {
                end();
                return true;
            }
            if (state == CompletionState.NOT_DONE) {
                // A control frame of the container has not got through yet.
                if (retries++ < MAX_RETRIES) {
                    server.after(RETRY_MILLIS, this::beginAgain);
                } else {
                    failed(new WritePendingException(), null);
                }
            }
            return false;
        }

        private void beginAgain() {
            if (begin()) {
                pump();
            }
        }

        private void end() {
            synchronized (WebSocketLink.this) {
                writing = false;
            }
            if (from != null) {
                packets.forEach(from::sent);
            }
        }

        @Override
        public void completed(Long bytes, @Nullable Void nothing) {
            end();
            pump();
        }

        @Override
        public void failed(Throwable cause, @Nullable Void nothing) {
            end();
            lost();
        }
    }

    /** Writes what is left, for a second at most, then closes. */
    void finish(List<EnginePacket> rest, CloseReason reason) {
        boolean wait;
        synchronized (this) {
            source = null;
            own.addAll(rest);
            if (closing == null) {
                closing = reason;
            }
            wait = writing || !own.isEmpty();
        }
        if (wait) {
            server.after(CLOSE_MILLIS, () -> startClosing(reason));
        }
        pump();
    }

    /**
     * Closes as soon as what is being written is written, for a second at most: the container fails
     * in a thread of its own when a message ends after the close.
     */
    void close(CloseReason reason) {
        synchronized (this) {
            own.clear();
        }
        finish(List.of(), reason);
    }

    private synchronized void startClosing(CloseReason reason) {
        if (closeStarted) {
            return;
        }
        closeStarted = true;
        own.clear();
        source = null;
        forgetParts();
        WebSocketSession open = socket;
        if (open != null) {
            // The container's close blocks until its frame is written.
            Thread.ofVirtual().name("close").start(() -> closeNow(open, reason));
        }
    }

    private static void closeNow(WebSocketSession open, CloseReason reason) {
        try {
            // 1006 may not be sent.
            open.close(
                    new CloseStatus(reason.code() == 1006 ? 1001 : reason.code(), reason.text()));
        } catch (IOException | RuntimeException e) {
            // It was closed already.
        }
    }
}
