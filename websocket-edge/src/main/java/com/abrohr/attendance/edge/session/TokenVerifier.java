package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.messages.identity.Caller;

/** The one decoder of tokens, shared with REST. */
public interface TokenVerifier {
    /**
     * Verifies a token.
     *
     * @throws InvalidTokenException when the token is invalid or expired
     * @throws com.abrohr.attendance.messages.Refusal UNAVAILABLE when it cannot be checked now
     */
    Caller verify(String token) throws InvalidTokenException;
}
