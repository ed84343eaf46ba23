package com.abrohr.attendance.app.security;

import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Refuses tokens that are expired or not yet valid, and marks the expired ones. */
final class TokenTimestampValidator implements OAuth2TokenValidator<Jwt> {
    private static final String EXPIRED = "token_expired";

    private final JwtTimestampValidator times;
    private final Duration clockSkew;
    private final Clock clock;

    TokenTimestampValidator(Duration clockSkew, Clock clock) {
        times = new JwtTimestampValidator(clockSkew);
        times.setClock(clock);
        this.clockSkew = clockSkew;
        this.clock = clock;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        OAuth2TokenValidatorResult result = times.validate(token);
        Instant expiresAt = token.getExpiresAt();
        return result.hasErrors()
                        && expiresAt != null
                        && clock.instant().minus(clockSkew).isAfter(expiresAt)
                ? OAuth2TokenValidatorResult.failure(
                        new OAuth2Error(EXPIRED, "Jwt expired at " + expiresAt, null))
                : result;
    }

    /** Whether a token whose signature is good has no other fault than its age. */
    static boolean isOnlyExpired(JwtValidationException refused) {
        return refused.getErrors().stream().allMatch(e -> EXPIRED.equals(e.getErrorCode()));
    }
}
