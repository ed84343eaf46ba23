package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.messages.identity.Caller;

/** The one decoder of tokens, shared with REST. */
public interface TokenVerifier {

    /**
     * @throws InvalidTokenException when the token proves nothing, for whatever reason
     */
    Caller verify(String token) throws InvalidTokenException;
}
