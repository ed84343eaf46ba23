package com.abrohr.attendance.app.demo;

import com.abrohr.attendance.app.settings.JwtSettings;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;

import javax.crypto.SecretKey;

/** Signs the tokens that a company's own issuer would; demo mode only. */
final class DemoTokens {
    private static final Duration LIFETIME = Duration.ofHours(12);

    private final SecretKey key;
    private final JwtSettings settings;
    private final Clock clock;

    DemoTokens(SecretKey key, JwtSettings settings, Clock clock) {
        this.key = key;
        this.settings = settings;
        this.clock = clock;
    }

    String sign(DemoPerson person) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .subject(person.employeeId())
                        .claim("id", person.employeeId())
                        .claim("role", person.role().name().toLowerCase(Locale.ROOT))
                        .claim("companyId", DemoCompany.ID)
                        .claim("name", person.displayName())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFETIME)));
        if (settings.issuer() != null) {
            claims.issuer(settings.issuer());
        }
        if (settings.audience() != null) {
            claims.audience(settings.audience());
        }
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
            token.sign(new MACSigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the demo token cannot be signed", e);
        }
    }
}
