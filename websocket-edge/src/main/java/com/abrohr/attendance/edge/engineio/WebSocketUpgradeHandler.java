package com.abrohr.attendance.edge.engineio;

import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.net.SocketWrapperBase.BlockingMode;
import org.apache.tomcat.util.net.SocketWrapperBase.CompletionState;
import org.apache.tomcat.websocket.server.WsHttpUpgradeHandler;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tomcat's own handler of a WebSocket connection, with writes that do not block and a lingering
 * close. A socket that is closed while bytes of the client are unread is reset by the kernel, and a
 * reset may overtake or erase the close frame before the client has read it. Public only because
 * Tomcat creates it.
 */
public final class WebSocketUpgradeHandler extends WsHttpUpgradeHandler {
    /** What a client may still send after the close frame. */
    static final int LINGER_BYTES = 1 << 20;

    static final long LINGER_MILLIS = 1_000;

    private static final long DEFAULT_TIMEOUT = -1;

    /** The container's thread blocks while a socket lingers; beyond this many none blocks. */
    private static final Semaphore BLOCKING = new Semaphore(256);

    private volatile @Nullable SocketWrapperBase<?> socket;
    private volatile @Nullable WebSocketTransport transport;

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        super.setSocketWrapper(wrapper);
        socket = wrapper;
    }

    void serve(WebSocketTransport served) {
        transport = served;
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        // The container calls this for the first time while it handles the handshake.
        ConcurrencyLimiter.releaseCurrent();
        WebSocketTransport served = transport;
        return served == null || event != SocketEvent.OPEN_READ
                ? super.upgradeDispatch(event)
                : served.withPermit(() -> super.upgradeDispatch(event));
    }

    /**
     * Begins to write whole frames without blocking. The socket's own bound of one write at a time
     * keeps the container's control frames from landing inside of one.
     *
     * @param handler called when the write ends later, or fails
     * @return INLINE when all is written; NOT_DONE when nothing is, because something else is being
     *     written; any other when the handler is called
     */
    CompletionState write(ByteBuffer[] frames, CompletionHandler<Long, @Nullable Void> handler) {
        return Objects.requireNonNull(socket, "a socket that was upgraded")
                .write(
                        BlockingMode.NON_BLOCK,
                        DEFAULT_TIMEOUT,
                        TimeUnit.MILLISECONDS,
                        null,
                        SocketWrapperBase.COMPLETE_WRITE,
                        handler,
                        frames);
    }

    boolean isClosed() {
        SocketWrapperBase<?> known = socket;
        return known == null || known.isClosed();
    }

    void abort() {
        SocketWrapperBase<?> known = socket;
        if (known != null) {
            known.close();
        }
    }

    /**
     * Ends the output and discards what the client sends until it has closed its side, for a
     * bounded time and number of bytes. To be called between the close frame and the closing of the
     * socket, by the thread that handles the socket; on any other it does nothing.
     */
    void linger() {
        SocketWrapperBase<?> open = socket;
        if (open == null || open.isClosed() || !open.getLock().isHeldByCurrentThread()) {
            return;
        }
        ConcurrencyLimiter.releaseCurrent();
        boolean wait = BLOCKING.tryAcquire();
        try {
            if (open.getSocket() instanceof NioChannel channel) {
                channel.getIOChannel().shutdownOutput();
            }
            discard(open, wait);
        } catch (IOException e) {
            // The client has closed as well, or the time is over.
        } finally {
            if (wait) {
                BLOCKING.release();
            }
        }
    }

    private static void discard(SocketWrapperBase<?> open, boolean wait) throws IOException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS);
        ByteBuffer discarded = ByteBuffer.allocate(4_096);
        int bytes = 0;
        while (bytes < LINGER_BYTES) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return;
            }
            open.setReadTimeout(left);
            int read = open.read(wait, discarded.clear());
            if (read <= 0) {
                return;
            }
            bytes += read;
        }
    }
}
