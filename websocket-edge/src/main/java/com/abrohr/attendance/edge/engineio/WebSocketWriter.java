package com.abrohr.attendance.edge.engineio;

import org.apache.tomcat.util.net.SocketWrapperBase.CompletionState;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.nio.channels.WritePendingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes to one WebSocket without blocking, at most one write at a time, frames that are shared
 * with other sockets; and closes the socket once the last of them is written.
 */
final class WebSocketWriter {
    static final long CLOSE_MILLIS = 1_000;

    /** Of one write, so that what is sent after it does not wait for long. */
    private static final int WRITE_BYTES = 1 << 16;

    private static final int WRITE_PACKETS = 64;
    private static final long RETRY_MILLIS = 20;
    private static final int MAX_RETRIES = 500;

    private final WebSocketTransport transport;
    private final EngineServer server;

    // Guarded by this.
    private final ArrayDeque<OutboundPacket> first = new ArrayDeque<>(2);
    private @Nullable EngineSession source;
    private boolean writing;
    private @Nullable CloseReason closeReason;
    private boolean closed;

    WebSocketWriter(WebSocketTransport transport, EngineServer server) {
        this.transport = transport;
        this.server = server;
    }

    /** Writes a packet before anything that waits in the session. */
    void sendNow(OutboundPacket packet) {
        synchronized (this) {
            first.add(packet);
        }
        flush();
    }

    /** From now on what waits in the session is written. */
    void startFrom(EngineSession session) {
        synchronized (this) {
            source = session;
        }
        flush();
    }

    /** Writes what waits unless something is being written. */
    void flush() {
        Write next = next();
        while (next != null && next.begin()) {
            next = next();
        }
    }

    private synchronized @Nullable Write next() {
        if (writing || closed) {
            return null;
        }
        EngineSession from = first.isEmpty() ? source : null;
        List<OutboundPacket> packets = new ArrayList<>(1);
        int bytes = 0;
        while (bytes < WRITE_BYTES && packets.size() < WRITE_PACKETS) {
            OutboundPacket packet = from == null ? first.poll() : from.take();
            if (packet == null) {
                break;
            }
            packets.add(packet);
            bytes += packet.bytes();
        }
        if (packets.isEmpty()) {
            if (closeReason != null) {
                startClosing(closeReason);
            }
            return null;
        }
        writing = true;
        return new Write(packets, from);
    }

    /** Writes what is left, for a second at most, then closes. */
    void finish(List<OutboundPacket> rest, CloseReason reason) {
        boolean wait;
        synchronized (this) {
            source = null;
            first.addAll(rest);
            if (closeReason == null) {
                closeReason = reason;
            }
            wait = writing || !first.isEmpty();
        }
        if (wait) {
            server.after(CLOSE_MILLIS, () -> startClosing(reason));
        }
        flush();
    }

    /**
     * Closes when the current write has ended, after a second at most: the container fails in a
     * thread of its own when a message ends after the close.
     */
    void close(CloseReason reason) {
        synchronized (this) {
            first.clear();
        }
        finish(List.of(), reason);
    }

    /** The socket broke: there is nothing to wait for. */
    synchronized void lost() {
        if (closeReason != null) {
            startClosing(closeReason);
        }
    }

    private synchronized void startClosing(CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        first.clear();
        source = null;
        transport.closeSocket(reason);
    }

    /** Some packets on their way into the socket, in one gathered write. */
    private final class Write implements CompletionHandler<Long, @Nullable Void> {
        private final List<OutboundPacket> packets;
        private final @Nullable EngineSession from;
        private int retries;

        Write(List<OutboundPacket> packets, @Nullable EngineSession from) {
            this.packets = packets;
            this.from = from;
        }

        /** True when all is written; else the write continues by itself. */
        boolean begin() {
            ByteBuffer[] frames = new ByteBuffer[packets.size()];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = ByteBuffer.wrap(packets.get(i).frame());
            }
            CompletionState state;
            try {
                state = transport.connection().write(frames, this);
            } catch (RuntimeException e) {
                // A broadcast must not fail over a container that is shutting down.
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
                    server.after(RETRY_MILLIS, this::retry);
                } else {
                    failed(new WritePendingException(), null);
                }
            }
            return false;
        }

        private void retry() {
            if (begin()) {
                flush();
            }
        }

        private void end() {
            synchronized (WebSocketWriter.this) {
                writing = false;
            }
            if (from != null) {
                packets.forEach(from::sent);
            }
        }

        @Override
        public void completed(Long bytes, @Nullable Void nothing) {
            end();
            flush();
        }

        @Override
        public void failed(Throwable cause, @Nullable Void nothing) {
            end();
            transport.lost();
        }
    }
}
