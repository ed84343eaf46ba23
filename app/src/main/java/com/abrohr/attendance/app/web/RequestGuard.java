package com.abrohr.attendance.app.web;

import com.abrohr.attendance.edge.engineio.ConcurrencyLimiter;

import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Wraps Tomcat's handler of connections: counts the requests that are read or answered, and ends
 * those that are too many or take too long.
 */
final class RequestGuard implements AbstractEndpoint.Handler<NioChannel> {
    private static final Logger log = LoggerFactory.getLogger(RequestGuard.class);
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

    /** When the bound is reached, requests that take longer than this make room for others. */
    private static final Duration SLOW = Duration.ofSeconds(2);

    private static final Duration ROOM_INTERVAL = Duration.ofMillis(100);

    private static final byte[] TOO_MANY =
            """
            HTTP/1.1 503 Service Unavailable\r
            Retry-After: 1\r
            Connection: close\r
            Content-Length: 0\r
            \r
            """
                    .getBytes(StandardCharsets.US_ASCII);

    private final AbstractEndpoint.Handler<NioChannel> container;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final Map<SocketWrapperBase<NioChannel>, Request> known = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicLong madeRoom = new AtomicLong(System.nanoTime());
    private volatile ConcurrencyLimiter limiter = new ConcurrencyLimiter(Integer.MAX_VALUE);
    private volatile RequestLimits limits =
            new RequestLimits(
                    Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofNanos(Long.MAX_VALUE));

    RequestGuard(AbstractEndpoint.Handler<NioChannel> container) {
        this.container = container;
    }

    void limit(RequestLimits value, int headersAtOnce) {
        limits = value;
        limiter = new ConcurrencyLimiter(headersAtOnce);
    }

    /** Requests being read or answered now. */
    int requests() {
        return requests.get();
    }

    /** Requests whose headers are not complete. */
    int unfinished() {
        return unfinished.get();
    }

    void start() {
        Thread.ofPlatform().daemon().name("request-guard").start(this::watch);
    }

    void stop() {
        stopped.countDown();
    }

    @Override
    public SocketState process(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
        if (isUpgraded(socket)) {
            return container.process(socket, event);
        }
        if (requests.incrementAndGet() > limits.requests() && event == SocketEvent.OPEN_READ) {
            requests.decrementAndGet();
            makeRoom();
            refuse(socket);
            return SocketState.CLOSED;
        }
        try {
            return event == SocketEvent.OPEN_READ
                    ? limiter.call(() -> work(socket, event))
                    : work(socket, event);
        } finally {
            requests.decrementAndGet();
        }
    }

    private SocketState work(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
        Request request = known.computeIfAbsent(socket, _ -> new Request(System.nanoTime()));
        request.inWork = true;
        SocketState state;
        try {
            state = container.process(socket, event);
        } finally {
            request.inWork = false;
        }
        return checkHeaders(socket, request, state);
    }

    private void makeRoom() {
        long last = madeRoom.get();
        long now = System.nanoTime();
        if (now - last > ROOM_INTERVAL.toNanos() && madeRoom.compareAndSet(last, now)) {
            endOlderThan(SLOW);
        }
    }

    /** Closes the newest request whose headers are incomplete when there are too many of them. */
    private SocketState checkHeaders(
            SocketWrapperBase<NioChannel> socket, Request request, SocketState state) {
        boolean waitsForHeaders =
                state == SocketState.LONG
                        && socket.getCurrentProcessor() instanceof Processor processor
                        && !processor.isAsync()
                        && !processor.isUpgrade();
        if (!waitsForHeaders) {
            forget(socket);
        } else if (!request.unfinished) {
            request.unfinished = true;
            if (unfinished.incrementAndGet() > limits.unfinishedRequests()) {
                forget(socket);
                return SocketState.CLOSED;
            }
        }
        return state;
    }

    private static boolean isUpgraded(SocketWrapperBase<NioChannel> socket) {
        return socket.getCurrentProcessor() instanceof Processor processor && processor.isUpgrade();
    }

    private void forget(SocketWrapperBase<NioChannel> socket) {
        Request gone = known.remove(socket);
        if (gone != null && gone.unfinished) {
            unfinished.decrementAndGet();
        }
    }

    private static void refuse(SocketWrapperBase<NioChannel> socket) {
        try {
            socket.write(false, ByteBuffer.wrap(TOO_MANY));
            socket.flush(false);
        } catch (IOException e) {
            // The end of its connection says the same.
        }
    }

    private void watch() {
        try {
            while (!stopped.await(WATCH_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    endOlderThan(limits.requestTime());
                } catch (RuntimeException e) {
                    log.warn("slow requests could not be ended", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends requests that are read or answered, or whose headers are incomplete, for so long. */
    private void endOlderThan(Duration time) {
        long now = System.nanoTime();
        known.forEach(
                (socket, request) -> {
                    boolean wanted = request.inWork || request.unfinished;
                    if (wanted && now - request.since > time.toNanos() && !isUpgraded(socket)) {
                        endInput(socket.getSocket());
                    }
                });
    }

    /** A thread or Tomcat's poller that waits for more of the request then reads its end. */
    private static void endInput(@Nullable NioChannel channel) {
        if (channel != null) {
            try {
                channel.getIOChannel().shutdownInput();
            } catch (IOException e) {
                // It is closed already.
            }
        }
    }

    @Override
    public Object getGlobal() {
        return container.getGlobal();
    }

    @Override
    public void release(SocketWrapperBase<NioChannel> socket) {
        forget(socket);
        container.release(socket);
    }

    @Override
    public void pause() {
        container.pause();
    }

    @Override
    public void recycle() {
        container.recycle();
    }

    private static final class Request {
        private final long since;

        /** A thread reads or answers it. */
        private volatile boolean inWork;

        private volatile boolean unfinished;

        Request(long since) {
            this.since = since;
        }
    }
}
