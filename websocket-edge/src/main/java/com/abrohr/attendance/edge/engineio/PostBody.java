package com.abrohr.attendance.edge.engineio;

import jakarta.servlet.http.HttpServletRequest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/** Reads the body of a POST, which counts as memory of its session until this is closed. */
final class PostBody implements AutoCloseable {
    private static final int FIRST_BYTES = 1_024;

    private final EngineSession session;
    private final HttpServletRequest request;
    private byte[] buffer = new byte[0];

    PostBody(EngineSession session, HttpServletRequest request) {
        this.session = session;
        this.request = request;
        session.memory().retain();
        // Reading may block.
        ConcurrencyLimiter.releaseCurrent();
    }

    /**
     * @throws Refused when the body is too large or too slow, when there is no memory for it, and
     *     when the session ends meanwhile; all but the last close the session
     */
    byte[] read(int max, Duration time) throws IOException, Refused {
        long until = System.nanoTime() + time.toNanos();
        long announced = request.getContentLengthLong();
        if (announced > max) {
            throw refused(CloseReason.PAYLOAD_TOO_LARGE, HttpResponses.Problem.TOO_LARGE);
        }
        InputStream body = request.getInputStream();
        int length = 0;
        while (true) {
            if (length == buffer.length) {
                grow(max);
            }
            int read = body.read(buffer, length, buffer.length - length);
            if (read < 0) {
                return Arrays.copyOf(buffer, length);
            }
            length += read;
            if (length > max) {
                throw refused(CloseReason.PAYLOAD_TOO_LARGE, HttpResponses.Problem.TOO_LARGE);
            }
            if (!session.open()) {
                // The session ended: its body is read no further.
                throw new Refused(HttpResponses.Problem.UNKNOWN_SESSION);
            }
            if (System.nanoTime() - until > 0) {
                throw refused(CloseReason.TRANSPORT_LOST, HttpResponses.Problem.TOO_SLOW);
            }
        }
    }

    private void grow(int max) throws Refused {
        int larger = Math.min(Math.max(FIRST_BYTES, 2 * buffer.length), max + 1);
        if (!session.memory().tryReserve((long) larger - buffer.length)) {
            throw refused(CloseReason.INBOUND_OVERFLOW, HttpResponses.Problem.UNAVAILABLE);
        }
        buffer = Arrays.copyOf(buffer, larger);
    }

    private Refused refused(CloseReason reason, HttpResponses.Problem problem) {
        session.close(reason);
        return new Refused(problem);
    }

    @Override
    public void close() {
        session.memory().free(buffer.length);
        session.memory().release();
    }

    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient HttpResponses.Problem problem;

        private Refused(HttpResponses.Problem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }

        HttpResponses.Problem problem() {
            return problem;
        }
    }
}
