package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.messages.identity.Caller;

/** The one decoder of tokens, shared with REST. */
public interface TokenVerifier {

    /**
     * @throws InvalidTokenException when the token proves nothing, for whatever reason
     * @throws com.abrohr.attendance.messages.Refusal UNAVAILABLE when that cannot be said now
     */
    Caller verify(String token) throws InvalidTokenException;
}
