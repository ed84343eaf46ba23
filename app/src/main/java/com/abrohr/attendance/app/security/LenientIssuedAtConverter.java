package com.abrohr.attendance.app.security;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

import java.time.Clock;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/**
 * Ignores the {@code iat} of an expired token when it is not before {@code exp}: libraries issue
 * such tokens for a negative lifetime, and they would be refused as malformed instead of expired.
 */
final class LenientIssuedAtConverter
        implements Converter<Map<String, Object>, Map<String, Object>> {
    private final MappedJwtClaimSetConverter standard =
            MappedJwtClaimSetConverter.withDefaults(Map.of());

    private final Clock clock;

    LenientIssuedAtConverter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Map<String, Object> convert(Map<String, Object> claims) {
        if (claims.get(JwtClaimNames.IAT) instanceof Date issued
                && claims.get(JwtClaimNames.EXP) instanceof Date end
                && !issued.toInstant().isBefore(end.toInstant())
                && end.toInstant().isBefore(clock.instant())) {
            Map<String, Object> rest = new HashMap<>(claims);
            rest.remove(JwtClaimNames.IAT);
            return standard.convert(rest);
        }
        return standard.convert(claims);
    }
}
