package com.abrohr.attendance.app.security;

import com.abrohr.attendance.edge.session.InvalidTokenException;
import com.abrohr.attendance.edge.session.TokenVerifier;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Caller;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** Verifies the tokens of sockets, with the decoder and the claims of REST. */
final class JwtTokenVerifier implements TokenVerifier {
    /** For a client whose token may be valid. */
    static final String UNCHECKED = "The token cannot be checked now; try again";

    private static final Logger log = LoggerFactory.getLogger(JwtTokenVerifier.class);
    private static final int LONGEST_TOKEN = 8_192;

    private final JwtDecoder decoder;

    JwtTokenVerifier(JwtDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public Caller verify(String token) throws InvalidTokenException {
        if (token.length() > LONGEST_TOKEN) {
            throw InvalidTokenException.invalid("longer than " + LONGEST_TOKEN + " characters");
        }
        try {
            return CallerClaims.read(decoder.decode(token));
        } catch (JwtValidationException e) {
            throw TokenTimestampValidator.isOnlyExpired(e)
                    ? InvalidTokenException.expired(String.valueOf(e.getMessage()))
                    : InvalidTokenException.invalid(String.valueOf(e.getMessage()));
        } catch (BadJwtException | IllegalArgumentException e) {
            throw InvalidTokenException.invalid(String.valueOf(e.getMessage()));
        } catch (JwtException e) {
            if (e.getCause() instanceof RateLimitReachedException) {
                log.debug("unchecked, because the issuer was asked a moment ago");
            } else {
                log.warn("The issuer's keys cannot be fetched: {}", e.getMessage());
            }
            throw new Refusal(RefusalCode.UNAVAILABLE, UNCHECKED);
        }
    }
}
