package com.abrohr.attendance.app.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How tokens are verified; at most one of secret, publicKey and jwkSetUri.
 *
 * @param secret shared key of HS256 tokens, 32 bytes of UTF-8 or more
 * @param publicKey PEM of an RSA (RS256, 2048 bits or more) or P-256 (ES256) public key
 * @param jwkSetUri where the issuer publishes its RS256 and ES256 keys
 * @param issuer the iss that tokens must carry; absent: any
 * @param audience one of the aud that tokens must carry; absent: any
 * @param clockSkew how far the issuer's clock may be off, 0 to 5 s
 */
public record JwtSettings(
        @Nullable String secret,
        @Nullable String publicKey,
        @Nullable URI jwkSetUri,
        @Nullable String issuer,
        @Nullable String audience,
        @DefaultValue("5s") Duration clockSkew) {

    static final int MIN_SECRET_BYTES = 32;
    private static final Duration MAX_SKEW = Duration.ofSeconds(5);
    private static final String PREFIX = "attendance.security.jwt.";

    public JwtSettings {
        secret = emptyToNull(secret);
        publicKey = emptyToNull(publicKey);
        issuer = emptyToNull(issuer);
        audience = emptyToNull(audience);
        if (secret != null && secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            throw StartRefused.setting(
                    PREFIX + "secret", "must be " + MIN_SECRET_BYTES + " bytes or more");
        }
        if (Stream.of(secret, publicKey, jwkSetUri).filter(Objects::nonNull).count() > 1) {
            throw StartRefused.setting(
                    PREFIX + "secret", "set only one of secret, public-key and jwk-set-uri");
        }
        if (publicKey != null) {
            PemKey.parse(publicKey);
        }
        if (jwkSetUri != null
                && !"https".equals(jwkSetUri.getScheme())
                && !"http".equals(jwkSetUri.getScheme())) {
            throw StartRefused.setting(PREFIX + "jwk-set-uri", "must be an http or https address");
        }
        if (clockSkew.isNegative() || clockSkew.compareTo(MAX_SKEW) > 0) {
            throw StartRefused.setting(PREFIX + "clock-skew", "must be between 0s and 5s");
        }
    }

    /** The parsed {@link #publicKey}; null when none is set. */
    public @Nullable PublicKey verificationKey() {
        return publicKey == null ? null : PemKey.parse(publicKey);
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    @Override
    public String toString() {
        return "JwtSettings[secret=" + (secret == null ? "none" : "***") + "]";
    }
}
