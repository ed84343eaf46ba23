package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of the HTTP request that opened a connection.
 *
 * @param remoteAddress the peer's IP address, after whatever forwarded-header handling the server
 *     is configured for
 * @param origin the Origin header, null for clients that are no browser
 * @param userAgent the User-Agent header, cut to 256 characters
 * @param authorization the Authorization header, for clients that send their token there rather
 *     than in the CONNECT payload; null when there was none, and from the moment that it is no
 *     longer needed
 * @param query the raw query string
 */
public record Handshake(
        String remoteAddress,
        @Nullable String origin,
        @Nullable String userAgent,
        @Nullable String authorization,
        String query) {

    /** The same without its token, which may be 8 KB long. */
    Handshake withoutAuthorization() {
        return authorization == null
                ? this
                : new Handshake(remoteAddress, origin, userAgent, null, query);
    }

    /** Leaves the token out, so that no log line can carry it. */
    @Override
    public String toString() {
        return "Handshake[remoteAddress=" + remoteAddress + ", origin=" + origin + "]";
    }
}
