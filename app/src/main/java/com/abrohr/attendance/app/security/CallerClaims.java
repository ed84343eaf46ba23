package com.abrohr.attendance.app.security;

import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

import java.time.Instant;
import java.util.Optional;

/** Reads the caller from a token whose signature and times are already checked. */
final class CallerClaims {
    private static final int LONGEST_ID = 128;

    private CallerClaims() {}

    /**
     * @throws BadJwtException when a claim that makes a caller is missing or malformed
     */
    static Caller read(Jwt token) {
        String userId = id(token, "id").or(() -> id(token, "sub")).orElseThrow(() -> bad("id"));
        String companyId = id(token, "companyId").orElseThrow(() -> bad("companyId"));
        String employeeId = id(token, "employeeId").orElse(userId);
        Instant expiresAt = token.getExpiresAt();
        if (!(token.getClaim("role") instanceof String claim)) {
            throw bad("role");
        }
        if (expiresAt == null) {
            throw bad("exp");
        }
        Role role = Role.ofClaim(claim).orElseThrow(() -> bad("role"));
        return new Caller(companyId, userId, employeeId, role, expiresAt);
    }

    private static Optional<String> id(Jwt token, String claim) {
        @Nullable Object value = token.getClaim(claim);
        if (value == null) {
            return Optional.empty();
        }
        // Issuers that number their users write the id as a JSON number.
        if (!(value instanceof Integer || value instanceof Long || value instanceof String)) {
            throw bad(claim);
        }
        String id = value.toString();
        if (id.isBlank()
                || id.length() > LONGEST_ID
                || id.codePoints().anyMatch(CallerClaims::unfit)) {
            throw bad(claim);
        }
        return Optional.of(id);
    }

    private static boolean unfit(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE;
    }

    private static BadJwtException bad(String claim) {
        return new BadJwtException("claim " + claim + " is missing or malformed");
    }
}
