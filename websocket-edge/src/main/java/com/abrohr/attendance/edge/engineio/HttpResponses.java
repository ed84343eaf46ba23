package com.abrohr.attendance.edge.engineio;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * The HTTP responses of the endpoint; the codes of the refusals are those of the reference
 * implementation.
 */
final class HttpResponses {
    private HttpResponses() {}

    /** A refusal: the status, and the code and message of its JSON body. */
    record Problem(int status, int code, String message, @Nullable CloseReason reason) {
        static final Problem UNKNOWN_TRANSPORT = new Problem(400, 0, "Transport unknown", null);
        static final Problem UNKNOWN_SESSION = new Problem(400, 1, "Session ID unknown", null);
        static final Problem BAD_METHOD = new Problem(400, 2, "Bad handshake method", null);
        static final Problem BAD_REQUEST = new Problem(400, 3, "Bad request", null);
        static final Problem TOO_SLOW = new Problem(408, 3, "Request too slow", null);
        static final Problem TOO_LARGE = new Problem(413, 3, "Payload too large", null);
        static final Problem FORBIDDEN = new Problem(403, 4, "Forbidden", null);
        static final Problem UNSUPPORTED_VERSION =
                new Problem(400, 5, "Unsupported protocol version", null);
        static final Problem UNAVAILABLE = new Problem(503, 6, "Not taking connections", null);

        static Problem closed(CloseReason reason) {
            return new Problem(400, 1, "Session ID unknown", reason);
        }

        private String json() {
            String cause =
                    reason == null
                            ? ""
                            : ",\"reason\":{\"code\":"
                                    + reason.code()
                                    + ",\"text\":\""
                                    + reason.text().replace("\\", "\\\\").replace("\"", "\\\"")
                                    + "\"}";
            return "{\"code\":" + code + ",\"message\":\"" + message + "\"" + cause + "}";
        }
    }

    static void text(HttpServletResponse response, byte[] body) throws IOException {
        write(response, 200, "text/plain;charset=UTF-8", body);
    }

    static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        write(response, problem.status(), "application/json", OutboundMessage.utf8(problem.json()));
    }

    private static void write(HttpServletResponse response, int status, String type, byte[] body)
            throws IOException {
        // Writing may block.
        ConcurrencyLimiter.releaseCurrent();
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
