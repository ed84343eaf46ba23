package com.abrohr.attendance.edge.engineio;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A GET that waits for something to tell the client. Answered once. */
final class PendingPoll {

    /** What a request that waits costs: the container's buffers and objects for it. */
    static final int BYTES = 1 << 15;

    private final AsyncContext context;
    private final EngineSession session;
    private final Thread requestThread = Thread.currentThread();
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile boolean parked;

    /** Takes over {@link #BYTES} that are held for the session. */
    PendingPoll(AsyncContext context, EngineSession session, long timeoutMillis) {
        this.context = context;
        this.session = session;
        session.holding().keep();
        context.setTimeout(timeoutMillis);
        context.addListener(new Watch());
    }

    /** From here on answers come from other threads. */
    void parked() {
        parked = true;
    }

    void answer(List<EnginePacket> packets) {
        StringBuilder payload = new StringBuilder();
        for (EnginePacket packet : packets) {
            if (!payload.isEmpty()) {
                payload.append(InboundPacket.SEPARATOR);
            }
            packet.appendTo(payload);
        }
        byte[] body = OutboundMessage.utf8(payload.toString());
        respond(
                () -> {
                    session.holding().force(body.length);
                    try {
                        HttpAnswers.text(response(), body);
                    } finally {
                        session.holding().shrink(body.length);
                    }
                });
    }

    void refuse(HttpAnswers.Problem problem) {
        respond(() -> HttpAnswers.refuse(response(), problem));
    }

    private void respond(Writing writing) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        if (!parked && Thread.currentThread() == requestThread) {
            write(writing);
        } else {
            // A client that does not read must not hold the thread that has something for it.
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
        session.holding().shrink(BYTES);
        session.holding().leave();
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
