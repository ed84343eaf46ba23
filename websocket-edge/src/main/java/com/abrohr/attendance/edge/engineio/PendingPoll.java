package com.abrohr.attendance.edge.engineio;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A GET that waits for packets to send. Answered once. */
final class PendingPoll {
    /** What a request that waits costs: the container's buffers and objects for it. */
    static final int BYTES = 1 << 15;

    private final AsyncContext context;
    private final EngineSession session;
    private final Thread requestThread = Thread.currentThread();
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile boolean parked;

    /** Frees the {@link #BYTES} that the caller has reserved when it is answered. */
    PendingPoll(AsyncContext context, EngineSession session, long timeoutMillis) {
        this.context = context;
        this.session = session;
        session.memory().retain();
        context.setTimeout(timeoutMillis);
        context.addListener(new Watch());
    }

    /** From here on answers come from other threads. */
    void parked() {
        parked = true;
    }

    void answer(List<OutboundPacket> packets) {
        StringBuilder payload = new StringBuilder();
        for (OutboundPacket packet : packets) {
            if (!payload.isEmpty()) {
                payload.append(InboundPacket.SEPARATOR);
            }
            packet.appendTo(payload);
        }
        byte[] body = OutboundMessage.utf8(payload.toString());
        respond(
                () -> {
                    session.memory().reserve(body.length);
                    try {
                        HttpResponses.text(response(), body);
                    } finally {
                        session.memory().free(body.length);
                    }
                });
    }

    /**
     * Answers with the end of the session.
     *
     * @param rest goes before it
     */
    void answerLast(List<OutboundPacket> rest, CloseReason reason) {
        List<OutboundPacket> packets = new ArrayList<>(rest);
        packets.add(
                reason.equals(CloseReason.CLIENT_CLOSED)
                        ? OutboundPacket.NOOP
                        : OutboundPacket.CLOSE);
        answer(packets);
    }

    void refuse(HttpResponses.Problem problem) {
        respond(() -> HttpResponses.refuse(response(), problem));
    }

    private void respond(Writing writing) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        if (!parked && Thread.currentThread() == requestThread) {
            write(writing);
        } else {
            // A client that does not read must not block the thread that sends to it.
            Thread.ofVirtual().name("poll").start(() -> write(writing));
        }
    }

    private void write(Writing writing) {
        try {
            writing.run();
        } catch (IOException | RuntimeException e) {
            // What was in the answer is lost, so the session is too.
            session.close(CloseReason.TRANSPORT_LOST);
        } finally {
            complete();
        }
    }

    private void complete() {
        session.memory().free(BYTES);
        session.memory().release();
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // The container has ended the request already.
        }
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) context.getResponse();
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private final class Watch implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {
            gone();
        }

        @Override
        public void onError(AsyncEvent event) {
            gone();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}

        private void gone() {
            if (answered.compareAndSet(false, true)) {
                session.close(CloseReason.TRANSPORT_LOST);
                complete();
            }
        }
    }
}
