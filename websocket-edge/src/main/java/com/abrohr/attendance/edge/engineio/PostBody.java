package com.abrohr.attendance.edge.engineio;

import jakarta.servlet.http.HttpServletRequest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/** Reads the body of a POST, which counts as held for its session until this is closed. */
final class PostBody implements AutoCloseable {

    private static final int FIRST_BYTES = 1_024;

    private final EngineSession session;
    private final HttpServletRequest request;
    private byte[] buffer = new byte[0];

    PostBody(EngineSession session, HttpServletRequest request) {
        this.session = session;
        this.request = request;
        session.holding().keep();
        // What is not there yet is waited for.
        Turns.endCurrent();
    }

    /**
     * @throws Refused when the body is too large or too slow, when there is no room for it, and
     *     when the session ends meanwhile; all but the last end the session
     */
    byte[] read(int max, Duration time) throws IOException, Refused {
        long until = System.nanoTime() + time.toNanos();
        long announced = request.getContentLengthLong();
        if (announced > max) {
            throw refused(CloseReason.PAYLOAD_TOO_LARGE, HttpAnswers.Problem.TOO_LARGE);
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
                throw refused(CloseReason.PAYLOAD_TOO_LARGE, HttpAnswers.Problem.TOO_LARGE);
            }
            if (!session.open()) {
                // Whoever is no longer heard is read no further.
                throw new Refused(HttpAnswers.Problem.UNKNOWN_SESSION);
            }
            if (System.nanoTime() - until > 0) {
                throw refused(CloseReason.TRANSPORT_LOST, HttpAnswers.Problem.TOO_SLOW);
            }
        }
    }

    private void grow(int max) throws Refused {
        int larger = Math.min(Math.max(FIRST_BYTES, 2 * buffer.length), max + 1);
        if (!session.holding().grow((long) larger - buffer.length)) {
            throw refused(CloseReason.INBOUND_OVERFLOW, HttpAnswers.Problem.UNAVAILABLE);
        }
        buffer = Arrays.copyOf(buffer, larger);
    }

    private Refused refused(CloseReason reason, HttpAnswers.Problem problem) {
        session.close(reason);
        return new Refused(problem);
    }

    @Override
    public void close() {
        session.holding().shrink(buffer.length);
        session.holding().leave();
    }

    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient HttpAnswers.Problem problem;

        private Refused(HttpAnswers.Problem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }

        HttpAnswers.Problem problem() {
            return problem;
        }
    }
}
