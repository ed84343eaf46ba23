package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.edge.socketio.ConnectRequest;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * The token of a client that connects: {@code auth.token} of its CONNECT, else the bearer token of
 * the HTTP request that opened the connection.
 */
final class HandshakeToken {
    private static final String BEARER = "Bearer ";

    private HandshakeToken() {}

    /** Null when the client gave none. */
    static @Nullable String of(ConnectRequest request) {
        JsonNode token = request.auth().path("token");
        if (token.isMissingNode() || token.isNull() || (token.isString() && isBlank(token))) {
            return bearer(request.handshake().authorization());
        }
        return token.isString() ? token.stringValue() : null;
    }

    private static boolean isBlank(JsonNode token) {
        return token.stringValue().isBlank();
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null
                || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        String token = authorization.substring(BEARER.length()).strip();
        return token.isEmpty() ? null : token;
    }
}
